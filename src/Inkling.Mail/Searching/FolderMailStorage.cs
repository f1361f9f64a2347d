using Inkling.Language;

namespace Inkling.Mail;

/// <summary>A mailbox in a folder of this machine.</summary>
internal sealed class FolderMailStorage(string folder) : MailStorage
{
    private readonly MailSearchFolder _files = new(folder);

    public override string Place => _files.Root;

    internal override IMailIndexWriter OpenToWrite(ITextEncoder encoder, int waiting, MailIndexRun run) => new FolderMailWriter(_files, encoder, waiting, run);

    internal override IMailIndexReader OpenToRead(ITextEncoder encoder, CancellationToken cancellation) => FolderMailReader.Open(_files, encoder, cancellation);
}
