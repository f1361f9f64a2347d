namespace Inkling.Language;

/// <summary>How a <see cref="SequenceClassifier"/> makes one vector of the states of a sequence. Several put their vectors side by side.</summary>
[Flags]
public enum SequencePooling
{
    /// <summary>Nothing; not to be used alone.</summary>
    None = 0,

    /// <summary>The last state, of both directions if there are two.</summary>
    Last = 1,

    /// <summary>The mean of all states.</summary>
    Mean = 2,

    /// <summary>The largest of each column over all states (Conneau et al. 2017, §3.2.2).</summary>
    Max = 4,

    /// <summary>The mean of the word vectors themselves, before the recurrent layer (Iyyer et al. 2015, §2).</summary>
    Words = 8,
}
