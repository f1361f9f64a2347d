using System.Globalization;

namespace Inkling.Mail;

/// <summary>
/// The files of a search index. <c>mails.log</c> holds the mails and only grows: it is what must not be lost. <c>mails.columns</c> and
/// <c>passages-N.index</c> are made of it, can be made again, and are replaced together: the columns name the passages that go with them.
/// </summary>
internal sealed class MailSearchFolder(string folder)
{
    public string Root { get; } = Path.GetFullPath(folder);

    public string Log => Path.Combine(Root, "mails.log");

    public string Columns => Path.Combine(Root, "mails.columns");

    public string Lock => Path.Combine(Root, "lock");

    public string Passages(int generation) => Path.Combine(Root, string.Create(CultureInfo.InvariantCulture, $"passages-{generation}.index"));

    /// <summary>Throws unless there is an index.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public void MustExist()
    {
        if (!Directory.Exists(Root)) throw new FileNotFoundException($"There is no search index at {Root}: the folder does not exist. Make one with `inkling search index --mail PATH --out {Root}`.");
        if (!File.Exists(Log)) throw new FileNotFoundException($"{Root} is no search index: it has no mails.log. Make one with `inkling search index --mail PATH --out {Root}`.");
    }

    /// <summary>Removes passages that no columns name, and what a killed run left.</summary>
    public void Tidy(int generation)
    {
        foreach (string file in Directory.EnumerateFiles(Root, "passages-*.index").Concat(Directory.EnumerateFiles(Root, "*.tmp")))
        {
            if (file != Passages(generation)) File.Delete(file);
        }
    }
}
