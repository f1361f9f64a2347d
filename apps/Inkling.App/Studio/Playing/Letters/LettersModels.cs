using Inkling.App.Studio.Learning;
using Inkling.Mail;

namespace Inkling.App.Studio.Playing.Letters;

/// <summary>The mail models that the page of letters can open, shared by all visitors: at most a few are in memory. Thread-safe.</summary>
internal sealed class LettersModels(IModelShelf shelf)
{
    private const int MostOpen = 2;
    private readonly Lock _lock = new();
    private readonly List<(string Folder, ModelReader Reader)> _open = [];

    /// <summary>The names of the models, the shipped one first.</summary>
    public IReadOnlyList<string> Names => [.. shelf.List().Select(model => model.Name)];

    /// <summary>Opens a model to look at.</summary>
    /// <exception cref="InvalidDataException">There is none of this name, or it cannot be read; the message says what to do.</exception>
    public ModelReader Open(string name)
    {
        ShelfModel model = shelf.List().FirstOrDefault(model => model.Name == name) ?? throw new InvalidDataException($"There is no model called “{name}” any more. Choose another one.");
        lock (_lock)
        {
            int at = _open.FindIndex(one => one.Folder == model.Folder);
            (string, ModelReader Reader) entry = at >= 0 ? _open[at] : (model.Folder, ModelReader.Load(model.Folder));
            if (at >= 0) _open.RemoveAt(at);
            _open.Add(entry);
            if (_open.Count > MostOpen) _open.RemoveAt(0);
            return entry.Reader;
        }
    }
}
