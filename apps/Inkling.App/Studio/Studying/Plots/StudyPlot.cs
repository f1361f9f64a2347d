namespace Inkling.App.Studio.Studying.Plots;

/// <summary>A plot of a study: a drawing, and the same in words and as a table for those who do not see it.</summary>
/// <param name="Id">Its name in addresses.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Hint">How it is read.</param>
/// <param name="Words">What it shows now.</param>
/// <param name="Columns">Headings of the table.</param>
/// <param name="Rows">The table; a few hundred rows at most.</param>
/// <param name="Draw">Draws it, for the page (false) or as a file of its own (true).</param>
internal sealed record StudyPlot(string Id, string Title, string Hint, string Words, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, Func<bool, string> Draw)
{
    /// <summary>Rows that a table has at most.</summary>
    public const int MostRows = 200;
}
