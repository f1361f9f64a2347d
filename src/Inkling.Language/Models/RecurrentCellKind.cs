namespace Inkling.Language;

/// <summary>What a <see cref="RecurrentLanguageModel"/> is made of.</summary>
public enum RecurrentCellKind
{
    /// <summary>Long short-term memory, <see cref="Nn.Lstm"/>.</summary>
    Lstm,

    /// <summary>Gated recurrent units, <see cref="Nn.Gru"/>.</summary>
    Gru,

    /// <summary>The plain recurrent network with tanh, <see cref="Nn.Rnn"/>.</summary>
    Rnn,
}
