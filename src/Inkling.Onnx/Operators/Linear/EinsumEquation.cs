namespace Inkling.Onnx.Operators;

/// <summary>
/// An equation such as <c>bij,bjk->bik</c> with every axis labelled. Axes that <c>...</c> stands for are labelled with numbers from the
/// last one back, −1, −2, …, so that they line up as in broadcasting.
/// </summary>
internal sealed class EinsumEquation
{
    private EinsumEquation(IReadOnlyList<int[]> inputs, int[] output)
    {
        Inputs = inputs;
        Output = output;
    }

    /// <summary>The labels of each operand's axes.</summary>
    public IReadOnlyList<int[]> Inputs { get; }

    /// <summary>The labels of the result's axes.</summary>
    public int[] Output { get; }

    /// <summary>Reads an equation.</summary>
    /// <param name="equation">The equation.</param>
    /// <param name="ranks">How many axes each operand has.</param>
    /// <exception cref="OnnxException">It cannot be read, or does not fit the operands.</exception>
    public static EinsumEquation Parse(string equation, int[] ranks)
    {
        string text = equation.Replace(" ", "", StringComparison.Ordinal);
        string[] sides = text.Split("->");
        string[] terms = sides[0].Split(',');
        if (sides.Length > 2 || terms.Length != ranks.Length)
            throw new OnnxException($"equation '{equation}' is not for {ranks.Length} operands");
        int[][] inputs = new int[terms.Length][];
        for (int i = 0; i < inputs.Length; i++)
        {
            int named = terms[i].Count(char.IsAsciiLetter);
            inputs[i] = Labels(terms[i], ranks[i] - named, equation);
            if (inputs[i].Length != ranks[i])
                throw new OnnxException($"'{terms[i]}' in equation '{equation}' does not name the {ranks[i]} axes of operand {i}");
        }

        int widest = inputs.Max(labels => labels.Count(label => label < 0));
        int[] output = sides.Length == 2 ? Labels(sides[1], widest, equation) : Implicit(inputs, widest);
        if (output.Distinct().Count() != output.Length || output.Except(inputs.SelectMany(labels => labels)).Any())
            throw new OnnxException($"the result of equation '{equation}' names an axis twice, or one that no operand has");
        return new EinsumEquation(inputs, output);
    }

    private static int[] Labels(string term, int open, string equation)
    {
        List<int> labels = [];
        for (int i = 0; i < term.Length; i++)
        {
            if (char.IsAsciiLetter(term[i]))
            {
                labels.Add(term[i]);
            }
            else if (string.CompareOrdinal(term, i, "...", 0, 3) == 0 && !labels.Exists(label => label < 0))
            {
                for (int axis = open; axis > 0; axis--)
                    labels.Add(-axis);
                i += 2;
            }
            else
            {
                throw new OnnxException($"equation '{equation}' has '{term[i]}' where a letter or ... belongs");
            }
        }

        return [.. labels];
    }

    /// <summary>Without an arrow: the open axes, then what is named once, in alphabetical order.</summary>
    private static int[] Implicit(int[][] inputs, int open) =>
    [
        .. Enumerable.Range(0, open).Select(axis => axis - open),
        .. inputs.SelectMany(labels => labels).Where(label => label > 0).GroupBy(label => label).Where(group => group.Count() == 1).Select(group => group.Key).Order(),
    ];
}
