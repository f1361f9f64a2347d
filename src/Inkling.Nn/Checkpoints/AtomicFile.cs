namespace Inkling.Nn.Checkpoints;

/// <summary>
/// Writes a file so that a reader sees either the old content or the new, never a part: the content goes to a temporary file in the
/// same folder, is flushed to the disk, and is then renamed over the target. A failure leaves what was there unchanged.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a file; its folder is created when it is missing.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="write">Writes the whole content to the stream.</param>
    /// <exception cref="CheckpointException">The disk is full, or the folder cannot be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string full = Path.GetFullPath(path);
        string temporary = $"{full}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception error) when (error is (IOException and not CheckpointException) or UnauthorizedAccessException)
        {
            Remove(temporary);
            throw new CheckpointException(
                $"Saving '{path}' failed: {error.Message.TrimEnd('.')}. What was there before is unchanged. Is there space, and may the folder be written to?",
                error);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    /// <summary>Writes a text file as UTF-8 without a byte order mark, in the same way.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="text">The whole content.</param>
    /// <exception cref="CheckpointException">The disk is full, or the folder cannot be written to.</exception>
    public static void WriteText(string path, string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        Write(path, stream => stream.Write(bytes));
    }

    /// <summary>Finds out early whether files can be written to a folder, which is created when it is missing.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="CheckpointException">It cannot be created or written to.</exception>
    public static void CheckWritable(string folder)
    {
        string probe = Path.Combine(folder, ".writable");
        Write(probe, stream => stream.WriteByte(0));
        Remove(probe);
    }

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first error is the one worth reporting; a temporary file left behind does no harm.
        }
    }
}
