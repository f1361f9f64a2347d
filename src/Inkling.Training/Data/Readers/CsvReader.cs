using System.Text;

namespace Inkling.Training.Data;

/// <summary>
/// Reads records of a table in text (RFC 4180): fields between delimiters, in quotes where they hold a delimiter, a line break or a quote,
/// which is then doubled. Lines end in LF, CR LF or CR; empty lines are passed over.
/// </summary>
public sealed class CsvReader : IDisposable
{
    private readonly TextReader _text;
    private readonly string _name;
    private readonly char _delimiter;
    private readonly bool _trim;
    private readonly StringBuilder _field = new();
    private readonly List<string> _fields = [];
    private int _line = 1;

    /// <summary>Reads from a text.</summary>
    /// <param name="text">The text; disposed with this.</param>
    /// <param name="name">What errors call it, such as its path.</param>
    /// <param name="delimiter">What stands between fields. Default: a comma.</param>
    /// <param name="trimSpaces">Whether spaces around fields without quotes are removed. Default: yes.</param>
    public CsvReader(TextReader text, string name, char delimiter = ',', bool trimSpaces = true)
    {
        _text = text;
        _name = name;
        _delimiter = delimiter;
        _trim = trimSpaces;
    }

    /// <summary>The line on which the record read last began, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Opens a file in UTF-8, plain or compressed with gzip.</summary>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    public static CsvReader Open(string path, char delimiter = ',', bool trimSpaces = true)
        => new(new StreamReader(DataFile.Open(path), Encoding.UTF8), path, delimiter, trimSpaces);

    /// <summary>The fields of the next record, or null at the end. The list is filled anew by the next call.</summary>
    /// <exception cref="InvalidDataException">A quote is not closed, or something follows a closed one; the message says where.</exception>
    public IReadOnlyList<string>? Read()
    {
        do
        {
            if (_text.Peek() < 0) return null;
            Line = _line;
            _fields.Clear();
            while (ReadField())
            {
            }
        }
        while (_fields is [{ Length: 0 }]);
        return _fields;
    }

    /// <inheritdoc/>
    public void Dispose() => _text.Dispose();

    /// <summary>Reads one field and what ends it; true when another one of the record follows.</summary>
    private bool ReadField()
    {
        _field.Clear();
        while (_trim && _text.Peek() is ' ' or '\t' && _text.Peek() != _delimiter) _text.Read();
        bool quoted = _text.Peek() == '"';
        if (quoted) ReadQuoted();
        while (true)
        {
            int c = _text.Read();
            bool ends = c < 0 || c == '\n' || c == '\r' || c == _delimiter;
            if (!ends)
            {
                if (quoted && !(c is ' ' or '\t')) throw new InvalidDataException($"{Place()}: '{(char)c}' follows the quote that closes \"{Shown(_field.ToString())}\". A quote inside a field is written twice.");
                if (!quoted) _field.Append((char)c);
                continue;
            }

            if (c == '\r' && _text.Peek() == '\n') _text.Read();
            if (c is '\n' or '\r') _line++;
            string field = _field.ToString();
            _fields.Add(_trim && !quoted ? field.TrimEnd(' ', '\t') : field);
            return c == _delimiter;
        }
    }

    private void ReadQuoted()
    {
        _text.Read();
        while (true)
        {
            int c = _text.Read();
            if (c < 0) throw new InvalidDataException($"{Place()}: the quote before \"{Shown(_field.ToString())}\" is not closed.");
            if (c == '"')
            {
                if (_text.Peek() != '"') return;
                _text.Read();
            }

            if (c == '\n' || (c == '\r' && _text.Peek() != '\n')) _line++;
            _field.Append((char)c);
        }
    }

    private string Place() => $"'{_name}', line {Line}, column {_fields.Count + 1}";

    internal static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
