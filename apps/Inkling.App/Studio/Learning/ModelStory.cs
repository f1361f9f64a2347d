using System.Text.Json;

namespace Inkling.App.Studio.Learning;

/// <summary>How a model of the user's own came about; kept in its folder as <c>learned.json</c>.</summary>
public sealed record ModelStory
{
    /// <summary>When it was kept.</summary>
    public DateTimeOffset Made { get; init; }

    /// <summary>The model it went on from.</summary>
    public string From { get; init; } = "";

    /// <summary>Mails it learned from.</summary>
    public int Mails { get; init; }

    /// <summary>Words in the mail it learned from and was scored on.</summary>
    public long Words { get; init; }

    /// <summary>Scores of <see cref="From"/> on the newest mail.</summary>
    public LearningScores? Before { get; init; }

    /// <summary>Scores of this model on the same mail.</summary>
    public LearningScores? After { get; init; }

    private const string FileName = "learned.json";

    /// <summary>The story in a model's folder. A model made by the train command has none, and a damaged one is no reason to hide the model: null.</summary>
    public static ModelStory? Load(string folder)
    {
        try
        {
            string file = Path.Combine(folder, FileName);
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), LearningJson.Default.ModelStory) : null;
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Stores the story in a model's folder: to a temporary name first, then renamed.</summary>
    public void Save(string folder)
    {
        string file = Path.Combine(folder, FileName);
        File.WriteAllBytes(file + ".new", JsonSerializer.SerializeToUtf8Bytes(this, LearningJson.Default.ModelStory));
        File.Move(file + ".new", file, overwrite: true);
    }
}
