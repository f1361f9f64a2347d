namespace Inkling.Playground;

/// <summary>A short lesson: a set-up to look at, three sentences, and what to try next.</summary>
/// <param name="Name">Its name in an address.</param>
/// <param name="Title">Its title.</param>
/// <param name="Fields">The set-up, as the fields of an address that differ from <see cref="PlaygroundSetup"/>'s defaults.</param>
/// <param name="Sentences">What there is to see: three sentences.</param>
/// <param name="Tries">What to try, in order; the first is the set-up itself.</param>
public sealed record Lesson(string Name, string Title, string Fields, IReadOnlyList<string> Sentences, IReadOnlyList<LessonTry> Tries)
{
    /// <summary>The set-up.</summary>
    public PlaygroundSetup Setup => SetupText.Parse(Fields).Setup;

    /// <summary>The set-up of something to try.</summary>
    public PlaygroundSetup SetupOf(LessonTry one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return SetupText.Parse($"{Fields}&{one.Changes}").Setup;
    }

    /// <summary>The link that opens the lesson, relative to the studio: <c>playground?lesson=NAME#…</c>.</summary>
    public string Link => LinkTo(Setup);

    /// <summary>The link that opens something to try with the lesson beside it.</summary>
    public string LinkOf(LessonTry one) => LinkTo(SetupOf(one));

    private string LinkTo(PlaygroundSetup setup) => $"playground?lesson={Name}#{SetupText.Format(setup)}";
}
