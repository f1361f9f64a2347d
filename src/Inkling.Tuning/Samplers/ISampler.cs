namespace Inkling.Tuning;

/// <summary>
/// Chooses the values of parameters. A study calls it under a lock, one trial at a time. What it knows comes from the history, so that a study can be
/// resumed and searched by several processes; what it keeps between calls is a cache. The same history and random numbers give the same values.
/// </summary>
public interface ISampler
{
    /// <summary>
    /// Chooses values together when a trial begins, usually for <see cref="TrialHistory.Intersection"/>. What the trial never asks for, or asks for with a
    /// range that does not contain the value, is forgotten; what is missing is asked of <see cref="SampleIndependent"/>.
    /// </summary>
    /// <param name="context">The trial and the history.</param>
    /// <returns>Values by the name of the parameter; may be empty.</returns>
    IReadOnlyDictionary<string, double> SampleRelative(SamplingContext context);

    /// <summary>Chooses one value when the trial asks for a parameter that <see cref="SampleRelative"/> has not given.</summary>
    /// <param name="context">The trial, with the parameters it has so far, and the history.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="distribution">The values it may have; more than one.</param>
    double SampleIndependent(SamplingContext context, string name, Distribution distribution);

    /// <summary>Whether there is nothing left to try. Most samplers never end.</summary>
    /// <param name="history">The trials so far.</param>
    bool IsExhausted(TrialHistory history) => false;
}
