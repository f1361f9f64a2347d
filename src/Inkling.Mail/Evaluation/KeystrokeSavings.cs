namespace Inkling.Mail;

/// <summary>1 − keys / characters of a typist who types each character with one key and accepts suggestions in one of three ways.</summary>
/// <param name="Whole">Accepts a suggestion that matches in full, with one key.</param>
/// <param name="Word">Accepts the leading words that match, with a key each (one for all when all match).</param>
/// <param name="Oracle">Accepts the longest of the candidates that match in full, shown or not, with one key.</param>
public sealed record KeystrokeSavings(double Whole, double Word, double Oracle);
