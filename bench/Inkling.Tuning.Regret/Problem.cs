namespace Inkling.Tuning.Regret;

/// <summary>A function whose minimum is known.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Minimum">Its least value, without noise.</param>
/// <param name="Counts">The numbers of trials after which regret is reported.</param>
/// <param name="Evaluate">The value at the parameters the trial gives, without noise.</param>
/// <param name="Noise">Deviation of the normal noise that samplers see.</param>
internal sealed record Problem(string Name, double Minimum, int[] Counts, Func<Trial, double> Evaluate, double Noise = 0);
