namespace Inkling.Mail;

/// <summary>A file with mail.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Kind">What is in it.</param>
/// <param name="Sent">Whether it is, or lies in, a folder of sent mail.</param>
/// <param name="Length">Bytes.</param>
internal sealed record MailFile(string Path, MailFileKind Kind, bool Sent, long Length)
{
    /// <summary>Opens the file for reading from start to end; bytes read are counted in the report, if one is given.</summary>
    public Stream Open(MailReadReport? report)
    {
        var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
        return report is null ? file : new CountingStream(file, report);
    }
}
