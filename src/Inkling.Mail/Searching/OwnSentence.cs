namespace Inkling.Mail;

/// <summary>A sentence that the user once sent.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Likeness">How near its passage is in meaning to what is being written, up to 1.</param>
/// <param name="Number">Number of its mail in the index.</param>
/// <param name="Subject">The subject of that mail.</param>
/// <param name="Date">When it was sent; null when unknown.</param>
public sealed record OwnSentence(string Text, double Likeness, int Number, string Subject, DateTimeOffset? Date);
