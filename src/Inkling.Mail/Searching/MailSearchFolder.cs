using System.Globalization;
using System.Text.RegularExpressions;

namespace Inkling.Mail;

/// <summary>
/// The files of a search index. <c>mails.log</c> holds the mails: it is what must not be lost. <c>mails.columns</c> and
/// <c>passages-N.index</c> are made of it, can be made again, and are replaced together: the columns name the passages that go with them. <c>mails.files</c> says what
/// was read where; without it all files are read again.
/// </summary>
internal sealed partial class MailSearchFolder(string folder)
{
    public string Root { get; } = Path.GetFullPath(folder);

    public string Log => Path.Combine(Root, "mails.log");

    public string Columns => Path.Combine(Root, "mails.columns");

    public string Seen => Path.Combine(Root, "mails.files");

    public string Lock => Path.Combine(Root, "lock");

    public string Passages(int generation) => Path.Combine(Root, string.Create(CultureInfo.InvariantCulture, $"passages-{generation}.index"));

    /// <summary>Throws unless there is an index.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public void MustExist()
    {
        if (!Directory.Exists(Root)) throw new FileNotFoundException($"There is no search index at {Root}: the folder does not exist. Make one with `inkling search index --mail PATH --out {Root}`.");
        if (!File.Exists(Log)) throw new FileNotFoundException($"{Root} is no search index: it has no mails.log. Make one with `inkling search index --mail PATH --out {Root}`.");
    }

    /// <summary>Makes the folder for its owner alone, or throws if it has something else in it.</summary>
    /// <exception cref="InvalidDataException">It is not empty and no search index.</exception>
    public void Make()
    {
        if (!Directory.Exists(Root))
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Root);
            else Directory.CreateDirectory(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }

        if (MailLog.IsLog(Log)) return;
        // A run that was killed before it wrote anything leaves no more than these.
        string? other = Directory.EnumerateFileSystemEntries(Root).FirstOrDefault(entry => entry != Lock && !(entry == Log && new FileInfo(Log) is { Exists: true, Length: 0 }));
        if (other is not null) throw new InvalidDataException($"Indexing mail: {Root} is not empty and no search index: it has {Path.GetFileName(other)} and no valid mails.log. Give another folder, one that is new or empty.");
    }

    /// <summary>Removes passages that no columns name, and what a killed run left; nothing that has another name than those this program gives.</summary>
    public void Tidy(int generation)
    {
        foreach (string file in Directory.EnumerateFiles(Root))
        {
            if (file == Passages(generation) || !Replaced().IsMatch(Path.GetFileName(file))) continue;
            try
            {
                File.Delete(file);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Somebody reads it still; the next run removes it.
            }
        }
    }

    [GeneratedRegex(@"^(passages-[0-9]+\.index(\.[0-9a-f]{8}\.tmp)?|mails\.(columns|files)\.[0-9a-f]{8}\.tmp)$", RegexOptions.CultureInvariant)]
    private static partial Regex Replaced();
}
