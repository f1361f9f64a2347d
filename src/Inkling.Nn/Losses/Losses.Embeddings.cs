namespace Inkling.Nn;

/// <content>Losses that arrange vectors in space.</content>
public static partial class Losses
{
    /// <summary>The mean over pairs of <c>1 − cos(a, b)</c> where the label is 1, and of <c>max(0, cos(a, b) − m)</c> where it is −1.</summary>
    /// <param name="a"><c>[N, D]</c>.</param>
    /// <param name="b"><c>[N, D]</c>.</param>
    /// <param name="labels">1 or −1 for each pair.</param>
    /// <param name="margin">m, −1 … 1. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is neither 1 nor −1.</exception>
    public static Tensor CosineEmbedding(Tensor a, Tensor b, Indices labels, double margin = 0) => Tape.Record(new CosineEmbedding(labels, (real)margin), a, b);

    /// <summary>The mean over triplets of <c>max(0, ‖a − p‖ − ‖a − n‖ + m)</c> (Schroff et al. 2015): the positive shall be nearer than the negative.</summary>
    /// <param name="anchor"><c>[N, D]</c>.</param>
    /// <param name="positive"><c>[N, D]</c>.</param>
    /// <param name="negative"><c>[N, D]</c>.</param>
    /// <param name="margin">m. Default: 1.</param>
    public static Tensor TripletMargin(Tensor anchor, Tensor positive, Tensor negative, double margin = 1) => Tape.Record(new TripletMargin((real)margin), anchor, positive, negative);

    /// <summary>
    /// Contrastive loss with the other pairs of the batch as negatives (InfoNCE: van den Oord et al. 2018, eq. 4): the mean of
    /// <c>−ln e^(cos(qᵢ, kᵢ)/τ) / Σⱼ e^(cos(qᵢ, kⱼ)/τ)</c>, in nats.
    /// </summary>
    /// <param name="queries"><c>[N, D]</c>.</param>
    /// <param name="keys"><c>[N, D]</c>; key i belongs to query i.</param>
    /// <param name="temperature">τ, more than 0. Default: 0.07.</param>
    /// <param name="symmetric">Whether keys look for their queries as well, as in CLIP. Default: no.</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not more than 0.</exception>
    public static Tensor InfoNce(Tensor queries, Tensor keys, double temperature = 0.07, bool symmetric = false)
    {
        if (!(temperature > 0)) throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "InfoNce: the temperature must be more than 0.");
        Tensor cosines = queries.UnitRows().MatMul(keys.UnitRows(), transposeRight: true);
        return Tape.Record(new DiagonalCrossEntropy(symmetric), cosines * (real)(1 / temperature));
    }
}
