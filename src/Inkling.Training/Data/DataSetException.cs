namespace Inkling.Training.Data;

/// <summary>An item could not be read or does not fit. The message names the item, what is wrong with it and what to do.</summary>
public sealed class DataSetException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public DataSetException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which item, what is wrong with it, and the remedy.</param>
    public DataSetException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">Which item, what is wrong with it, and the remedy.</param>
    /// <param name="innerException">What reading it threw.</param>
    public DataSetException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The number of the item in its set; −1 where no single one is to blame.</summary>
    public int Item { get; init; } = -1;
}
