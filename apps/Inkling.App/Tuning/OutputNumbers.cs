using System.Globalization;
using System.Text.RegularExpressions;

namespace Inkling.App.Tuning;

/// <summary>
/// The numbers in what a program prints. A number keeps its value before a unit (<c>2.75s</c>, <c>95.5%</c>); digits within a word, a date or a version are none
/// (<c>v2</c>, <c>0x1F</c>, <c>resnet-50</c>, <c>2026-11-26</c>, <c>1.2.3</c>); what may be one number or two, as <c>1,234.5</c>, has no value.
/// </summary>
internal static partial class OutputNumbers
{
    private const char Minus = '−';

    /// <summary>Finds them in the order of the line.</summary>
    /// <param name="line">A line without its end; colours of a terminal are passed over.</param>
    /// <returns>As it is written, and its value; null if that is not clear.</returns>
    public static IEnumerable<(string Text, double? Value)> Find(string line)
        => Number().Matches(line.Contains('\e', StringComparison.Ordinal) ? Colours().Replace(line, "") : line)
            .Select(match => (match.Value, match.Groups["value"] is { Success: true } value ? Read(value.Value.Replace(Minus, '-')) : (double?)null));

    private static double Read(string number) => number.TrimStart('+', '-').ToUpperInvariant() switch
    {
        "NAN" => double.NaN,
        "INF" or "INFINITY" => number[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
        _ => double.Parse(number, CultureInfo.InvariantCulture),
    };

    // Whatever has been read of a number is never given back: (?>…), or the 2.7 of "2.75s" would be one.
    [GeneratedRegex("""
        (?<! \w [-+−]* ) (?<! (?<!\.) \. )                                  # not within a word, nor after its hyphen, nor after a point; three points are well
        (?:
            (?> [-+−]?
                (?: [0-9]{1,3} (?: [,'’_\u00A0\u2009\u202F] [0-9]{2,3} )* [,'’_\u00A0\u2009\u202F] [0-9]{3} (?: \.[0-9]+ )?   # 1,234.5
                |   [1-9][0-9]{0,2} (?: \.[0-9]{3} )+ ,[0-9]+               # 1.234,5
                |   [1-9][0-9]{0,2} (?: \.[0-9]{3} ){2,}                    # 1.234.567
                |   [0-9]+,[0-9]+ (?: e[-+−]?[0-9]+ )?                      # 0,93
                ) (?! [0-9] | [.,'’_][0-9] ) )
            (?> \p{L}* )
        |   (?<value> [-+−]? (?> (?: [0-9]+\.(?=e[-+−]?[0-9]) | [0-9]+(?:\.[0-9]+)? | (?<!\.)\.[0-9]+ ) (?: e[-+−]?[0-9]+ )? ) )
            (?! (?:st|nd|rd|th)\b ) (?> \p{L}* )
        |   (?<value> [-+−]? (?: nan | inf(?:inity)? ) )
        )
        (?! \w | \.\w | [-−]\w | ['’][0-9] )
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Number();

    [GeneratedRegex(@"\e\[[0-9;:?]*[ -/]*[@-~]")]
    private static partial Regex Colours();
}
