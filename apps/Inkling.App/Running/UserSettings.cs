using System.Text.Json;

namespace Inkling.App.Running;

/// <summary>What the user chose and the program remembers: a small JSON file in the data folder.</summary>
internal sealed record UserSettings
{
    /// <summary>The folder of the chosen model, absolute or relative to <c>models/</c> in the data folder; null for the shipped one.</summary>
    public string? Model { get; init; }

    /// <summary>Reads the settings of <paramref name="folder"/>; the defaults when there are none.</summary>
    /// <exception cref="FailureException">The file is there and cannot be read as settings.</exception>
    public static UserSettings Load(DataFolder folder)
    {
        string file = folder.SettingsFile;
        if (!File.Exists(file))
        {
            return new UserSettings();
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), AppJson.Default.UserSettings) ?? new UserSettings();
        }
        catch (JsonException problem)
        {
            throw new FailureException($"the settings in {file} are not readable ({problem.Message}); correct or delete the file");
        }
    }

    /// <summary>Stores the settings: to a temporary name first, then renamed, so that a crash leaves the old ones.</summary>
    public void Save(DataFolder folder)
    {
        Directory.CreateDirectory(folder.Root);
        string temporary = folder.SettingsFile + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(this, AppJson.Default.UserSettings));
        File.Move(temporary, folder.SettingsFile, overwrite: true);
    }
}
