namespace Inkling.App.Studio.Learning;

/// <summary>A model that can be chosen.</summary>
/// <param name="Name">What it is called on the page.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="IsShipped">Whether it came with the program, and cannot be deleted.</param>
/// <param name="IsActive">Whether the composer uses it now.</param>
/// <param name="SizeBytes">Bytes of the files that are loaded.</param>
/// <param name="Story">How it came about; null when that is not known.</param>
public sealed record ShelfModel(string Name, string Folder, bool IsShipped, bool IsActive, long SizeBytes, ModelStory? Story);

/// <summary>The shipped model and the user's own, side by side; one is active. Thread-safe.</summary>
public interface IModelShelf
{
    /// <summary>All models, the shipped one first, then the newest first.</summary>
    IReadOnlyList<ShelfModel> List();

    /// <summary>Makes a model the one the composer uses, now and when the program starts again.</summary>
    /// <exception cref="InvalidDataException">It cannot be loaded; the one used so far stays.</exception>
    void Activate(string folder);

    /// <summary>Moves a finished model folder to the shelf.</summary>
    /// <param name="folder">Where it is now.</param>
    /// <param name="name">Its name: letters, digits, spaces, <c>-</c>, <c>_</c> and <c>.</c>, 40 at most.</param>
    /// <returns>Where it is then.</returns>
    /// <exception cref="InvalidOperationException">The name cannot be used; the message says why.</exception>
    string Add(string folder, string name);

    /// <summary>Deletes one of the user's own models.</summary>
    /// <exception cref="InvalidOperationException">It is active, or not the user's own.</exception>
    void Delete(string folder);
}
