using Inkling.Tuning;

namespace Inkling.App.Tuning;

/// <summary>What <c>tune</c> makes small or large.</summary>
internal interface ITuneObjective
{
    /// <summary>Runs a trial.</summary>
    /// <param name="trial">Asked for parameters, told intermediate values.</param>
    /// <param name="stop">Fires when the run is to end; then an <see cref="OperationCanceledException"/> is thrown.</param>
    /// <returns>A value a direction.</returns>
    ValueTask<double[]> RunAsync(Trial trial, CancellationToken stop);
}
