using System.Text;
using System.Text.Json;
using Inkling.Playground;

namespace Inkling.App.Studio.Playing;

/// <summary>
/// Points of a visitor's own: drawn, written, or read from a table that comes in parts, as a command is at most 16 KB. The text of a table is given up once it is read.
/// </summary>
/// <param name="tell">Sends the page an answer.</param>
internal sealed class OwnPoints(Action<PlayingAnswer> tell)
{
    /// <summary>How near to the eraser a point must be.</summary>
    private const float EraserReach = 0.5f;

    private StringBuilder? _text;

    /// <summary>Does what the page asks for.</summary>
    /// <param name="verb">What stands behind <c>own/</c>.</param>
    /// <param name="command">The command.</param>
    /// <param name="setup">The setup as it is.</param>
    /// <returns>The setup with other points; null where they stay.</returns>
    public PlaygroundSetup? Handle(string verb, PlayingCommand command, PlaygroundSetup setup)
    {
        PointTable own = setup.Table ?? PointTable.Start;
        switch (verb)
        {
            case "add": return With(setup, own.Add(Numbers(command.Body)));
            case "erase": return With(setup, own.Erase(Numbers(command.Body), EraserReach));
            case "start": return Owning(setup with { Own = null });
            case "copy": return Copied(setup);
            case "save":
                tell(new PlayingAnswer { Kind = "points", Code = PointCsv.Write(setup) });
                return null;
            case "begin":
                _text = new StringBuilder();
                return null;
            case "part":
                // One character more than are read, so that the reader can say that some were left out.
                if (_text is not null && command.Value is { } part) _text.Append(part.AsSpan(0, Math.Clamp(PointCsv.MostCharacters + 1 - _text.Length, 0, part.Length)));
                return null;
            case "read": return Read(command.Name, setup);
            default: return null;
        }
    }

    private PlaygroundSetup? Read(string? target, PlaygroundSetup setup)
    {
        PointCsvReading reading = PointCsv.Read(_text?.ToString() ?? "", string.IsNullOrEmpty(target) ? null : target);
        _text = null;
        tell(new PlayingAnswer { Kind = "own", Notes = reading.Notes, Columns = reading.Columns, Target = reading.Target, Note = reading.Problem });
        if (reading.Table is not { } table) return null;
        return setup with { Own = table, Problem = table.ClassNames.Count > 0 ? ProblemKind.Classification : ProblemKind.Regression, Dataset = table.ClassNames.Count > 0 ? "own" : setup.Dataset, RegressionDataset = table.ClassNames.Count > 0 ? setup.RegressionDataset : "reg-own", MapX = 0, MapY = 1 };
    }

    /// <summary>The points that are there, to go on from.</summary>
    private static PlaygroundSetup? Copied(PlaygroundSetup setup)
    {
        if (setup.UsesOwn) return null;
        PointCloud cloud = PointCloud.Of(setup);
        float[] values = [.. cloud.All.SelectMany(point => new[] { point.X, point.Y })];
        float[] labels = [.. cloud.All.Select(point => cloud.Classes == 2 ? (point.Label + 1) / 2 : point.Label)];
        return Owning(setup with { Own = new PointTable(["x", "y"], cloud.Classes == 0 ? [] : PointTable.NamesOf(cloud.Classes), values, labels) });
    }

    private static PlaygroundSetup? With(PlaygroundSetup setup, PointTable table) => ReferenceEquals(table, setup.Table) ? null : Owning(setup with { Own = table });

    private static PlaygroundSetup Owning(PlaygroundSetup setup) => setup.Problem == ProblemKind.Classification ? setup with { Dataset = "own" } : setup with { RegressionDataset = "reg-own" };

    private static float[] Numbers(JsonElement? body)
    {
        if (body is not { ValueKind: JsonValueKind.Array } array) return [];
        return [.. array.EnumerateArray().Select(element => element.ValueKind == JsonValueKind.Number && element.TryGetSingle(out float number) ? number : float.NaN)];
    }
}
