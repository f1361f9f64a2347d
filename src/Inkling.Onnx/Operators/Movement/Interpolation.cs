namespace Inkling.Onnx.Operators;

/// <summary>Which elements of an axis make up an element of the resized axis, and with which weights.</summary>
internal sealed class Interpolation
{
    private readonly string _mode;
    private readonly string _transformation;
    private readonly string _nearest;
    private readonly double _cubicA;
    private readonly bool _excludesOutside;
    private readonly bool _smooths;

    /// <summary>Reads the attributes.</summary>
    /// <param name="call">The call.</param>
    /// <param name="isModern">Whether the attributes of operator set 11 and later exist.</param>
    /// <exception cref="OnnxException">One has an unknown value.</exception>
    public Interpolation(OperatorCall call, bool isModern)
    {
        _mode = call.Attributes.Text("mode", "nearest");
        _transformation = isModern ? call.Attributes.Text("coordinate_transformation_mode", "half_pixel") : "asymmetric";
        _nearest = isModern ? call.Attributes.Text("nearest_mode", "round_prefer_floor") : "floor";
        _cubicA = call.Attributes.Float("cubic_coeff_a", -0.75f);
        _excludesOutside = call.Attributes.Flag("exclude_outside");
        _smooths = call.Attributes.Flag("antialias");
        if (_mode is not ("nearest" or "linear" or "bilinear" or "cubic"))
            throw new OnnxException($"'mode' is '{_mode}', nearest, linear or cubic is wanted");
    }

    /// <summary>Whether what lies outside is filled instead of repeated.</summary>
    public bool Crops => _transformation == "tf_crop_and_resize";

    /// <summary>The elements and weights for one element of the result; none when it lies outside and is to be filled.</summary>
    public (int[] Sources, double[] Weights) At(int position, ResizedAxis axis)
    {
        if (axis.Input == 0)
            throw new OnnxException("an empty axis cannot be resized");
        double x = Original(position, axis);
        if (Crops && (x < 0 || x > axis.Input - 1))
            return ([], []);
        return _mode == "nearest" ? ([Nearest(x, axis.Input)], [1]) : Weighted(x, axis);
    }

    private double Original(int position, ResizedAxis axis)
    {
        double resized = axis.Scale * axis.Input, halfPixel = axis.Divide(position + 0.5) - 0.5;
        switch (_transformation)
        {
            case "half_pixel":
                return halfPixel;
            case "half_pixel_symmetric":
                return (axis.Input / 2.0 * (1 - (axis.Output / resized))) + halfPixel;
            case "pytorch_half_pixel":
                return resized > 1 ? halfPixel : 0;
            case "align_corners":
                return resized == 1 ? 0 : position * (axis.Input - 1) / (resized - 1);
            case "asymmetric":
                return axis.Divide(position);
            case "tf_half_pixel_for_nn":
                return axis.Divide(position + 0.5);
            case "tf_crop_and_resize":
                double room = axis.Input - 1;
                return axis.Output > 1 ? (axis.From * room) + (position * (axis.To - axis.From) * room / (axis.Output - 1)) : 0.5 * (axis.From + axis.To) * room;
            default:
                throw new OnnxException($"'coordinate_transformation_mode' is '{_transformation}', which is unknown");
        }
    }

    private int Nearest(double x, int size)
    {
        double nearest = _nearest switch
        {
            "round_prefer_floor" => double.Ceiling(x - 0.5),
            "round_prefer_ceil" => double.Floor(x + 0.5),
            "floor" => double.Floor(x),
            "ceil" => double.Ceiling(x),
            _ => throw new OnnxException($"'nearest_mode' is '{_nearest}', which is unknown"),
        };
        return (int)double.Clamp(nearest, 0, size - 1);
    }

    /// <summary>Triangles for linear, Keys' cubic for cubic; wider when an axis becomes shorter and is to be smoothed.</summary>
    private (int[] Sources, double[] Weights) Weighted(double x, ResizedAxis axis)
    {
        bool cubic = _mode == "cubic";
        double narrowing = _smooths ? double.Min(1, axis.Scale) : 1, floor = double.Floor(x);
        int first = (int)double.Floor((cubic ? -2 : -1) / narrowing) + 1, count = 2 - (2 * first);
        int[] sources = new int[count];
        double[] weights = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            double at = floor + first + i;
            bool inside = at >= 0 && at <= axis.Input - 1;
            double distance = double.Abs((at - x) * narrowing);
            weights[i] = _excludesOutside && !inside ? 0 : cubic ? Cubic(distance) : double.Max(0, 1 - distance);
            sources[i] = (int)double.Clamp(at, 0, axis.Input - 1);
            sum += weights[i];
        }

        for (int i = 0; i < count; i++)
            weights[i] /= sum;
        return (sources, weights);
    }

    /// <summary>Keys 1981, with the free parameter a.</summary>
    private double Cubic(double d) => d switch
    {
        <= 1 => ((((_cubicA + 2) * d) - (_cubicA + 3)) * d * d) + 1,
        < 2 => ((((((d - 5) * d) + 8) * d) - 4) * _cubicA),
        _ => 0,
    };
}
