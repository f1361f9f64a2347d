using Inkling.Training.Logs;

namespace Inkling.Training;

/// <summary>What a <see cref="LearningRateFinder"/> saw.</summary>
/// <param name="Points">Each rate with the smoothed loss at it, rising in rate; the last ones are those at which it grew without bound.</param>
public sealed record LearningRateTrial(IReadOnlyList<(double Rate, double Loss)> Points)
{
    /// <summary>The rate at which the loss fell fastest against the logarithm of the rate: a good one to start with. NaN with fewer than three points.</summary>
    public double Steepest
    {
        get
        {
            int best = -1;
            double slope = double.PositiveInfinity;
            for (int i = 1; i < Points.Count - 1; i++)
            {
                double here = (Points[i + 1].Loss - Points[i - 1].Loss) / Math.Log(Points[i + 1].Rate / Points[i - 1].Rate);
                if (here < slope) (slope, best) = (here, i);
            }

            return best < 0 ? double.NaN : Points[best].Rate;
        }
    }

    /// <summary>A tenth of the rate with the lowest loss: the highest one that is likely to be safe. NaN without points.</summary>
    public double Safe => Points.Count == 0 ? double.NaN : Points.MinBy(point => point.Loss).Rate / 10;

    /// <summary>A picture of the loss against the rate, as SVG.</summary>
    public string Draw() => CurvePicture.Draw("Learning rate finder", "learning rate", "loss, smoothed", logarithmic: true, new CurveSeries("loss", Points));
}
