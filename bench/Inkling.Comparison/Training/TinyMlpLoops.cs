namespace Inkling.Comparison;

/// <summary>
/// The training of <see cref="TinyMlpTraining"/> as one would write it by hand for this network and no other: plain loops over arrays, one
/// sample after the other, no vectors. What a library costs on top of the arithmetic shows against it.
/// </summary>
internal sealed class TinyMlpLoops
{
    private const int Batch = TinyMlpTraining.Batch, Hidden = TinyMlpTraining.Hidden;

    private readonly float[] _w1 = new float[Hidden * 2];
    private readonly float[] _b1 = new float[Hidden];
    private readonly float[] _w2 = new float[Hidden * Hidden];
    private readonly float[] _b2 = new float[Hidden];
    private readonly float[] _w3 = new float[Hidden];
    private readonly float[] _b3 = new float[1];
    private readonly float[] _gw1 = new float[Hidden * 2];
    private readonly float[] _gb1 = new float[Hidden];
    private readonly float[] _gw2 = new float[Hidden * Hidden];
    private readonly float[] _gb2 = new float[Hidden];
    private readonly float[] _gw3 = new float[Hidden];
    private readonly float[] _gb3 = new float[1];
    private readonly float[] _h1 = new float[Hidden];
    private readonly float[] _h2 = new float[Hidden];
    private readonly float[] _d1 = new float[Hidden];
    private readonly float[][] _points = [.. Enumerable.Range(0, TinyMlpTraining.Batches).Select(TinyMlpTraining.Points)];
    private readonly float[][] _targets = [.. Enumerable.Range(0, TinyMlpTraining.Batches).Select(TinyMlpTraining.Targets)];
    private int _step;

    /// <summary>Starts from the weights of the other.</summary>
    public TinyMlpLoops(ParameterSet parameters)
    {
        float[][] mine = Weights;
        for (int i = 0; i < mine.Length; i++)
            parameters[i].Values.CopyTo(mine[i]);
    }

    /// <summary>Weights and biases, layer after layer.</summary>
    public float[][] Weights => [_w1, _b1, _w2, _b2, _w3, _b3];

    /// <summary>Forward, backward, update on the next batch; returns the loss.</summary>
    public float Step()
    {
        float[] points = _points[_step % TinyMlpTraining.Batches], targets = _targets[_step % TinyMlpTraining.Batches];
        _step++;
        float loss = 0;
        for (int sample = 0; sample < Batch; sample++)
        {
            float x = points[2 * sample], y = points[(2 * sample) + 1];
            float difference = Forward(x, y) - targets[sample];
            loss += difference * difference;
            Backward(x, y, 2 * difference / Batch);
        }

        Update(_w1, _gw1);
        Update(_b1, _gb1);
        Update(_w2, _gw2);
        Update(_b2, _gb2);
        Update(_w3, _gw3);
        Update(_b3, _gb3);
        return loss / Batch;
    }

    private float Forward(float x, float y)
    {
        float[] w1 = _w1, w2 = _w2, w3 = _w3, b1 = _b1, b2 = _b2, h1 = _h1, h2 = _h2;
        for (int i = 0; i < h1.Length; i++)
            h1[i] = MathF.Tanh((w1[2 * i] * x) + (w1[(2 * i) + 1] * y) + b1[i]);
        float output = _b3[0];
        for (int i = 0; i < h2.Length; i++)
        {
            float sum = b2[i];
            int row = i * Hidden;
            for (int j = 0; j < h1.Length; j++)
                sum += w2[row + j] * h1[j];
            h2[i] = MathF.Tanh(sum);
            output += w3[i] * h2[i];
        }

        return output;
    }

    /// <summary>Adds the gradients of one sample, of which the output's is given.</summary>
    private void Backward(float x, float y, float gradient)
    {
        float[] w2 = _w2, w3 = _w3, gw1 = _gw1, gb1 = _gb1, gw2 = _gw2, gb2 = _gb2, gw3 = _gw3, h1 = _h1, h2 = _h2, d1 = _d1;
        Array.Clear(d1);
        _gb3[0] += gradient;
        for (int i = 0; i < h2.Length; i++)
        {
            gw3[i] += gradient * h2[i];
            float d2 = gradient * w3[i] * (1 - (h2[i] * h2[i]));
            gb2[i] += d2;
            int row = i * Hidden;
            for (int j = 0; j < h1.Length; j++)
            {
                gw2[row + j] += d2 * h1[j];
                d1[j] += d2 * w2[row + j];
            }
        }

        for (int i = 0; i < h1.Length; i++)
        {
            float d = d1[i] * (1 - (h1[i] * h1[i]));
            gw1[2 * i] += d * x;
            gw1[(2 * i) + 1] += d * y;
            gb1[i] += d;
        }
    }

    private static void Update(float[] weights, float[] gradients)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] -= TinyMlpTraining.LearningRate * gradients[i];
            gradients[i] = 0;
        }
    }
}
