const width = 30;

export type ProgressBar = {
  /** Shows how much is done, 0 to 1, and what. */
  update(share: number, label: string): void;
  /** Removes the bar. */
  end(): void;
};

/** A progress bar on standard error; on anything but a terminal it writes a line at every tenth. */
export function progressBar(title: string, stream = process.stderr): ProgressBar {
  let lastTenth = -1;
  return {
    update: (share, label) => {
      const done = Math.min(1, Math.max(0, share));
      if (stream.isTTY) {
        const filled = Math.round(done * width);
        stream.write(
          `\r\u001b[K${title} [${"#".repeat(filled)}${".".repeat(width - filled)}] ${Math.floor(done * 100)} % ${label}`,
        );
        return;
      }
      const tenth = Math.floor(done * 10);
      if (tenth > lastTenth) stream.write(`${title} ${Math.floor(done * 100)} % ${label}\n`);
      lastTenth = Math.max(lastTenth, tenth);
    },
    end: () => {
      if (stream.isTTY) stream.write("\r\u001b[K");
    },
  };
}
