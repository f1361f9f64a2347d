namespace Inkling.Vectors.Tests;

/// <summary>A name for a file in a folder of its own, which disappears.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("inkling-vectors-test-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "some.index");

    public string[] All => Directory.GetFiles(_folder.FullName);

    public void Dispose() => _folder.Delete(recursive: true);
}
