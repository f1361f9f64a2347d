using Inkling.Language;

namespace Inkling.Mail;

/// <summary>
/// What a cosine is worth, which differs from encoder to encoder: the mean and the deviation of those of everyday sentences that have nothing to do with
/// each other.
/// </summary>
internal sealed class Likeness
{
    private static readonly string[] s_unrelated =
    [
        "The train leaves at noon from platform seven.", "Please find the invoice attached.", "My daughter has a cold and stays at home.",
        "We would like to offer you the position.", "The roof needs new tiles before winter.", "Did you enjoy the concert last night?",
        "I have forgotten my password.", "The soup was too salty.", "Our next meeting is about the budget.",
        "He plays football every weekend.", "The garden looks lovely in spring.", "Can you send me the photographs?",
        "The flight was cancelled because of fog.", "Thank you for the beautiful flowers.", "The bank has raised the interest rate.",
        "Turn left at the church.", "This book is about the history of Norway.", "The printer is out of paper again.",
        "She broke her arm while skiing.", "All chairs must be back by Monday.", "I disagree with the second paragraph.",
        "The dog barks at the postman.", "Your order has left our warehouse.", "Let us have lunch together soon.",
    ];

    private readonly double _mean;
    private readonly double _deviation;

    /// <summary>Measures an encoder.</summary>
    public Likeness(ITextEncoder encoder)
    {
        float[][] vectors = [.. s_unrelated.Select(sentence =>
        {
            float[] vector = new float[encoder.Dimensions];
            encoder.Encode(sentence, vector);
            return vector;
        })];
        double[] cosines = [.. Enumerable.Range(0, vectors.Length).SelectMany(i => Enumerable.Range(0, i).Select(j => vectors[i].Zip(vectors[j], (a, b) => (double)a * b).Sum()))];
        _mean = cosines.Average();
        _deviation = Math.Sqrt(cosines.Average(cosine => (cosine - _mean) * (cosine - _mean)));
    }

    /// <summary>The cosine that lies so many deviations above that of texts without anything in common; no more than 0.99.</summary>
    public double Above(double deviations) => Math.Min(0.99, _mean + (deviations * _deviation));
}
