import Link from 'next/link';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { classNames } from './class-names';

/** `primary`: the one thing to do next. `danger`: destroys something. `quiet`: no frame. */
export type ButtonVariant = 'primary' | 'secondary' | 'danger' | 'quiet';

const variantClass = {
  primary: 'border-sea bg-sea text-on-sea hover:opacity-90',
  secondary: 'border-rule bg-sheet text-ink hover:border-ink-3',
  danger: 'border-no-go bg-sheet text-no-go hover:tint-no-go',
  quiet: 'border-transparent text-ink-2 hover:text-ink hover:tint-water',
} as const satisfies Record<ButtonVariant, string>;

/** Class names of a button, for elements that only look like one. */
export function buttonClass(variant: ButtonVariant = 'secondary', className?: string): string {
  return classNames(
    'inline-flex h-8 shrink-0 items-center justify-center gap-2 rounded-control border px-3 font-medium whitespace-nowrap',
    'disabled:opacity-50 aria-disabled:opacity-50',
    variantClass[variant],
    className,
  );
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly variant?: ButtonVariant;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button, 32 px high. Not a submit button unless it says so. */
export function Button({ variant, className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={buttonClass(variant, className)} {...rest} />;
}

interface ButtonLinkProps {
  readonly href: string;
  readonly variant?: ButtonVariant;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A link that is the next step, drawn as a button. */
export function ButtonLink({ href, variant, className, children }: ButtonLinkProps) {
  return (
    <Link href={href} className={buttonClass(variant, className)}>
      {children}
    </Link>
  );
}
