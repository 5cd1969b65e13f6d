'use client';

import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

const storageKey = 'plimsoll.single-keys';
const changed = 'plimsoll:single-keys';

/** Whether shortcuts of a single character are on, and the switch for them. */
export function useSingleKeySetting(): readonly [boolean, (isOn: boolean) => void] {
  const isOn = useSyncExternalStore(
    subscribe,
    () => window.localStorage.getItem(storageKey) !== 'off',
    () => true,
  );
  return [isOn, setSingleKeys];
}

/**
 * Listens for single characters anywhere on the page, except in fields, with a modifier held, or
 * where the user has switched such shortcuts off.
 *
 * @param handlers what to do, by character
 */
export function useSingleKeys(handlers: Readonly<Record<string, () => void>>): void {
  const [isOn] = useSingleKeySetting();
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTypedInto(event.target)) return;
    const handle = Object.hasOwn(handlers, event.key) ? handlers[event.key] : undefined;
    if (handle === undefined) return;
    event.preventDefault();
    handle();
  });
  // External system: the keyboard events of the document.
  useEffect(() => {
    if (!isOn) return;
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isOn]);
}

function isTypedInto(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, dialog, [role="dialog"]') !== null
  );
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener(changed, onChange);
  window.addEventListener('storage', onChange);
  return () => {
    window.removeEventListener(changed, onChange);
    window.removeEventListener('storage', onChange);
  };
}

function setSingleKeys(isOn: boolean): void {
  window.localStorage.setItem(storageKey, isOn ? 'on' : 'off');
  window.dispatchEvent(new Event(changed));
}
