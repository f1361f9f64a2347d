namespace Inkling.App.Searching;

/// <summary>A search index that is sound, as programs get it.</summary>
/// <param name="Mails">Mails in it.</param>
/// <param name="Passages">Passages.</param>
/// <param name="Bytes">Bytes that were read.</param>
internal sealed record VerifyAnswer(int Mails, int Passages, long Bytes);
