namespace Inkling.Mail.Tests.Searching;

/// <summary>A mailbox in a folder.</summary>
public sealed class FolderMailStorageTests : MailStorageContract
{
    protected override MailStorage New() => MailStorage.InFolder(Path.Combine(Folder, "index"));
}
