using System.Text;

namespace Inkling.Training.Data;

/// <summary>Lines of a text file, and data sets of them.</summary>
public static class TextLines
{
    /// <summary>The lines of a file in UTF-8, plain or compressed with gzip, without their ends.</summary>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    /// <exception cref="InvalidDataException">A line is not UTF-8, or the file is damaged; the message says where.</exception>
    public static IEnumerable<string> Read(string path)
    {
        using Stream stream = DataFile.Open(path);
        using StreamReader reader = new(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
        for (int number = 1; Next(reader, path, number) is { } line; number++) yield return line;
    }

    /// <summary>A set of one field <c>tokens</c>, a sequence for each line that is not blank.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encode">Turns a line into tokens; a line without any is left out.</param>
    /// <param name="padding">What shorter sequences of a batch are filled up with. Default: 0.</param>
    /// <exception cref="InvalidDataException">The file is damaged or has no lines.</exception>
    public static DataSet Tokens(string path, Func<string, int[]> encode, int padding = 0)
    {
        ArgumentNullException.ThrowIfNull(encode);
        int[][] sequences = [.. Read(path).Where(line => !string.IsNullOrWhiteSpace(line)).Select(encode).Where(tokens => tokens.Length > 0)];
        if (sequences.Length == 0) throw new InvalidDataException($"'{path}' has no lines with tokens.");
        return new ArrayDataSet(DataColumn.Sequences("tokens", sequences, padding));
    }

    /// <summary>A set of the fields <c>tokens</c> and <c>class</c>, of lines that begin with the number of their class, as in <c>1 a fine film</c>, or end with it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encode">Turns the rest of a line into tokens; at least one.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="separator">What stands between the class and the text. Default: a space.</param>
    /// <param name="padding">What shorter sequences of a batch are filled up with. Default: 0.</param>
    /// <param name="classLast">Whether the class ends the line, behind the last separator. Default: no, it begins it.</param>
    /// <exception cref="InvalidDataException">A line has no class where it should, or no tokens; the message names it.</exception>
    public static DataSet Labelled(string path, Func<string, int[]> encode, int classes, char separator = ' ', int padding = 0, bool classLast = false)
    {
        ArgumentNullException.ThrowIfNull(encode);
        List<int[]> sequences = [];
        List<int> labels = [];
        int number = 0;
        foreach (string line in Read(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            int parting = classLast ? line.LastIndexOf(separator) : line.IndexOf(separator, StringComparison.Ordinal);
            string label = parting < 0 ? line : classLast ? line[(parting + 1)..] : line[..parting];
            if (!int.TryParse(label, System.Globalization.CultureInfo.InvariantCulture, out int value) || (uint)value >= (uint)classes)
                throw new InvalidDataException($"'{path}', line {number}: '{CsvReader.Shown(label)}' is none of the {classes} classes (0 to {classes - 1}).");
            int[] tokens = parting < 0 ? [] : encode(classLast ? line[..parting] : line[(parting + 1)..]);
            if (tokens.Length == 0) throw new InvalidDataException($"'{path}', line {number}: there are no tokens beside the class.");
            sequences.Add(tokens);
            labels.Add(value);
        }

        if (labels.Count == 0) throw new InvalidDataException($"'{path}' has no lines.");
        return new ArrayDataSet(DataColumn.Sequences("tokens", sequences, padding), DataColumn.Integers("class", [.. labels], classes: classes));
    }

    private static string? Next(StreamReader reader, string path, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (Exception error) when (error is DecoderFallbackException or InvalidDataException)
        {
            throw new InvalidDataException($"'{path}' cannot be read at line {number} or shortly after: {(error is DecoderFallbackException ? "it is not UTF-8" : error.Message.TrimEnd('.'))}.", error);
        }
    }
}
