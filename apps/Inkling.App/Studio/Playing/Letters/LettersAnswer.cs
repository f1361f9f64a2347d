namespace Inkling.App.Studio.Playing.Letters;

/// <summary>What the page of letters is told, beside the numbers of a unit.</summary>
internal sealed record LettersAnswer
{
    /// <summary><c>setup</c>: what is shown has changed; <c>frame</c>: how training stands; <c>reading</c>: what the units did; <c>problem</c>: what was asked cannot be.</summary>
    public required string Kind { get; init; }

    /// <summary>The address.</summary>
    public string? Setup { get; init; }

    /// <summary>The value of each field but the text of one's own.</summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }

    /// <summary>What was not understood.</summary>
    public IReadOnlyList<string>? Problems { get; init; }

    /// <summary>What is learnt or read, in words.</summary>
    public string? About { get; init; }

    /// <summary>Whether a network begins anew.</summary>
    public bool Anew { get; init; }

    /// <summary>Whether it can be trained.</summary>
    public bool CanLearn { get; init; }

    /// <summary>Whether it trains.</summary>
    public bool Playing { get; init; }

    /// <summary>Batches learnt.</summary>
    public long Step { get; init; }

    /// <summary>Passes made.</summary>
    public double Epoch { get; init; }

    /// <summary>The mean loss of a character lately, in nats; null before the first batch.</summary>
    public double? Loss { get; init; }

    /// <summary>The mean loss of a character that is not learnt; null where there is none.</summary>
    public double? HeldOutLoss { get; init; }

    /// <summary>Characters learnt a second, lately.</summary>
    public double Pace { get; init; }

    /// <summary>What the network writes; null when it did not write since.</summary>
    public string? Sample { get; init; }

    /// <summary>Something to say.</summary>
    public string? Note { get; init; }

    /// <summary>The characters or tokens that were read.</summary>
    public IReadOnlyList<string>? Pieces { get; init; }

    /// <summary>The layer that is looked at, from 1.</summary>
    public int Layer { get; init; }

    /// <summary>How many layers there are.</summary>
    public int Layers { get; init; }

    /// <summary>The unit that is looked at, from 1.</summary>
    public int Unit { get; init; }

    /// <summary>How many units a layer has.</summary>
    public int Units { get; init; }

    /// <summary>What the rows of numbers behind the text are, each one number for a piece; the hidden state of every unit at the place looked at follows them.</summary>
    public IReadOnlyList<string>? Rows { get; init; }

    /// <summary>The place looked at.</summary>
    public int At { get; init; }

    /// <summary>What is expected to follow it.</summary>
    public IReadOnlyList<LettersGuess>? Next { get; init; }

    /// <summary>Units that follow something.</summary>
    public IReadOnlyList<Inkling.Playground.UnitMeaning>? Meanings { get; init; }
}

/// <summary>Something that is expected next.</summary>
/// <param name="Text">The character or token.</param>
/// <param name="Probability">How likely it is.</param>
internal sealed record LettersGuess(string Text, double Probability);
