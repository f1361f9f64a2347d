namespace Inkling.Language;

/// <summary>Looks for a name within a file of any size.</summary>
internal static class FileText
{
    /// <summary>Whether the bytes occur in the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">What is looked for, not longer than 64 KB.</param>
    /// <param name="block">Bytes that are looked at together, more than are wanted. Default: 1 MB.</param>
    public static bool Holds(string path, ReadOnlySpan<byte> wanted, int block = 1 << 20)
    {
        using FileStream stream = File.OpenRead(path);
        byte[] buffer = new byte[block];
        int kept = 0;
        for (int read; (read = stream.Read(buffer, kept, block - kept)) > 0;)
        {
            Span<byte> known = buffer.AsSpan(0, kept + read);
            if (known.IndexOf(wanted) >= 0) return true;
            kept = int.Min(known.Length, wanted.Length - 1);
            known[^kept..].CopyTo(buffer);
        }

        return false;
    }
}
