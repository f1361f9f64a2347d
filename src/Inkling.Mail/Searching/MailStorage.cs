using Inkling.Language;

namespace Inkling.Mail;

/// <summary>
/// Where a searchable mailbox is kept: in a folder of this machine, or elsewhere (<c>PostgresMailStorage</c> of <c>Inkling.Mail.Postgres</c>). What is written into
/// one and found in one is the same everywhere.
/// </summary>
public abstract class MailStorage
{
    /// <summary>Where it is, for people; without a password.</summary>
    public abstract string Place { get; }

    /// <summary>A folder of this machine: files that only this user may read.</summary>
    /// <param name="folder">The folder; indexing makes it if it is not there.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static MailStorage InFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return new FolderMailStorage(folder);
    }

    /// <summary>Begins a run of indexing.</summary>
    /// <param name="encoder">What makes vectors of passages.</param>
    /// <param name="waiting">How many mails may wait for their passages.</param>
    /// <param name="run">The run.</param>
    internal abstract IMailIndexWriter OpenToWrite(ITextEncoder encoder, int waiting, MailIndexRun run);

    /// <summary>Opens it for searches.</summary>
    internal abstract IMailIndexReader OpenToRead(ITextEncoder encoder, CancellationToken cancellation);
}
