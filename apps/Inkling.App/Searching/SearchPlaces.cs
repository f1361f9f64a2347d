using Inkling.App.Running;
using Inkling.Language;

namespace Inkling.App.Searching;

/// <summary>Where the user's search index is, and the encoder that goes with it.</summary>
internal static class SearchPlaces
{
    /// <summary>What the shipped encoder is called.</summary>
    public const string Encoder = "sentence";

    /// <summary>The index of the user's mail when none is named: the one the studio uses as well.</summary>
    public static string Index(DataFolder data) => Path.Combine(data.Index, "mail");

    /// <summary>Whether there is an index in a folder, whoever made it.</summary>
    public static bool IsIndex(string folder) => File.Exists(Path.Combine(folder, "mails.log"));

    /// <summary>Loads an encoder.</summary>
    /// <param name="model">Its folder; null for the shipped one.</param>
    /// <exception cref="FailureException">There is none.</exception>
    public static SentenceEncoder LoadEncoder(string? model = null) =>
        SentenceEncoder.Load(ModelChoice.ResolveNamed(model, Encoder, "name the folder of a sentence encoder with --model"));
}
