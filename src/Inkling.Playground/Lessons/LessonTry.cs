namespace Inkling.Playground;

/// <summary>Something to try in a lesson.</summary>
/// <param name="Text">What, in a few words, as a link says it.</param>
/// <param name="Changes">The fields of the address that it changes, <c>name=value&amp;…</c>; empty for the lesson's own set-up.</param>
public sealed record LessonTry(string Text, string Changes);
