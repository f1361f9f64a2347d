namespace Inkling.Vectors;

/// <summary>A store cannot be used: it cannot be reached, is not set up, holds something else or is damaged. The message says which and what to do.</summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="inner">What happened below.</param>
public sealed class HybridStoreException(string message, Exception? inner = null) : Exception(message, inner);
