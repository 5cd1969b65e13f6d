/** A file to import under the name it is shown by, which may hold a relative path. */
export interface ChosenFile {
  readonly name: string;
  readonly file: File;
}

/** Files taken from one drop at most; a home directory dropped by mistake ends here. */
const maxFiles = 10_000;

/** Files of a file chooser, with their path where a folder was chosen. Hidden files are left out. */
export function filesOfInput(list: FileList): ChosenFile[] {
  return [...list]
    .map((file) => ({ name: file.webkitRelativePath || file.name, file }))
    .filter((chosen) => !isHidden(chosen.name))
    .slice(0, maxFiles);
}

/** Files of a drop; folders are searched to their end. Hidden files are left out. */
export async function filesOfDrop(transfer: DataTransfer): Promise<ChosenFile[]> {
  // The entries must be taken before the first wait: the transfer is emptied after the event.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return filesOfInput(transfer.files);

  const found: ChosenFile[] = [];
  const queue: FileSystemEntry[] = entries;
  for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
    if (found.length >= maxFiles) break;
    if (isHidden(entry.name)) continue;
    if (isDirectory(entry)) queue.push(...(await entriesOf(entry)));
    else if (isFile(entry))
      found.push({ name: entry.fullPath.slice(1), file: await fileOf(entry) });
  }
  return found;
}

function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.'));
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

async function entriesOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  // A reader gives a batch at a time and an empty one at the end.
  while (all.length < maxFiles) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) break;
    all.push(...batch);
  }
  return all;
}
