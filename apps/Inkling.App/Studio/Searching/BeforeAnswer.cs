namespace Inkling.App.Studio.Searching;

/// <summary>What the user wrote before in a like situation.</summary>
/// <param name="Ready">Whether there is an index.</param>
/// <param name="Sentences">The sentences, nearest first.</param>
internal sealed record BeforeAnswer(bool Ready, IReadOnlyList<BeforeSentence> Sentences);

/// <summary>A sentence of the user's own.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Source">The mail it is from, for people.</param>
internal sealed record BeforeSentence(string Text, string Source);
