namespace Inkling.Training.Tests;

/// <summary>Data sets beside the repository, which some tests read and are skipped without.</summary>
internal static class SharedData
{
    public static string Folder(string name)
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "Inkling.slnx"))) root = Path.GetDirectoryName(root);
        return Path.GetFullPath(Path.Combine(root ?? ".", "..", "shared", "data", name));
    }
}
