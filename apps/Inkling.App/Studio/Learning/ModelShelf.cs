using Inkling.App.Completing;
using Inkling.App.Running;

namespace Inkling.App.Studio.Learning;

/// <summary>The shelf on disk: <c>models/default</c> of the program and <c>models/</c> of the user's data folder.</summary>
internal sealed class ModelShelf(DataFolder data, ICompletionService completion, string? shipped) : IModelShelf
{
    /// <summary>The shipped model's name on the page.</summary>
    public const string ShippedName = "Shipped with Inkling";

    private const int LongestName = 40;
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public IReadOnlyList<ShelfModel> List()
    {
        List<ShelfModel> models = [];
        if (shipped is not null)
        {
            models.Add(Describe(shipped, isShipped: true));
        }

        if (Directory.Exists(data.Models))
        {
            models.AddRange(Directory.EnumerateDirectories(data.Models)
                .Where(folder => File.Exists(Path.Combine(folder, "config.json")))
                .Select(folder => Describe(folder, isShipped: false))
                .OrderByDescending(model => model.Story?.Made ?? DateTimeOffset.MinValue)
                .ThenBy(model => model.Name, StringComparer.Ordinal));
        }

        // A model given with --model may lie anywhere.
        if (!models.Exists(model => model.IsActive))
        {
            models.Add(Describe(completion.Info.Folder, isShipped: false) with { IsActive = true });
        }

        return models;
    }

    /// <inheritdoc/>
    public void Activate(string folder)
    {
        lock (_lock)
        {
            completion.Use(folder);
            string? choice = folder == shipped ? null : IsOwn(folder) ? Path.GetFileName(folder) : folder;
            (UserSettings.Load(data) with { Model = choice }).Save(data);
        }
    }

    /// <inheritdoc/>
    public string Add(string folder, string name)
    {
        name = name.Trim();
        if (name.Length is 0 or > LongestName || name[0] == '.' || !name.All(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_' or '.'))
        {
            throw new InvalidOperationException(
                $"“{name}” cannot be a model's name: use up to {LongestName} letters, digits, spaces, - or _, and begin with a letter or digit.");
        }

        lock (_lock)
        {
            string target = Path.Combine(data.Models, name);
            if (Path.Exists(target))
            {
                throw new InvalidOperationException($"There is a model called “{name}” already. Choose another name, or delete that one first.");
            }

            Directory.CreateDirectory(data.Models);
            Directory.Move(folder, target);
            return target;
        }
    }

    /// <inheritdoc/>
    public void Delete(string folder)
    {
        lock (_lock)
        {
            if (!IsOwn(folder) || !Directory.Exists(folder))
            {
                throw new InvalidOperationException("Only models of your own can be deleted.");
            }

            if (IsActive(folder))
            {
                throw new InvalidOperationException("The composer uses this model. Choose another one first.");
            }

            // Renamed first: a deletion that is cut short leaves no half model on the shelf.
            string going = Path.Combine(data.Root, ".deleted-" + Path.GetRandomFileName());
            Directory.Move(folder, going);
            Directory.Delete(going, recursive: true);
        }
    }

    private ShelfModel Describe(string folder, bool isShipped)
        => new(isShipped ? ShippedName : Path.GetFileName(folder), folder, isShipped, IsActive(folder), Size(folder), ModelStory.Load(folder));

    private bool IsActive(string folder) => Path.GetFullPath(completion.Info.Folder) == Path.GetFullPath(folder);

    private bool IsOwn(string folder) => Path.GetDirectoryName(Path.GetFullPath(folder)) == data.Models;

    private static long Size(string folder)
        => Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length) : 0;
}
