using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

public sealed partial class Tape
{
    /// <summary>
    /// Looks through the operations of the step, in order, for the first with a result that holds NaN or infinity: what to ask when a loss is not
    /// finite. It reads every result once, so it is not for every step.
    /// </summary>
    /// <returns>Where it was, or null when all results are finite.</returns>
    public NonFinite? FindNonFinite()
    {
        string parameter = "";
        for (int i = 0; i < _nodeCount; i++)
        {
            Node node = _nodes[i];
            bool parametersFinite = true, inputsFinite = true;
            for (int input = 0; input < node.InputCount; input++)
            {
                int slot = node.Input(input);
                bool finite = Reduce.AllFinite(SlotAt(slot).Values);
                if (slot < 0 && _parameters[~slot] is { } used)
                {
                    // The first is the weight, whose name says the layer as well as the bias's; one that is broken says more.
                    if (parametersFinite && (!finite || input < 2 || parameter.Length == 0)) parameter = used.Name;
                    parametersFinite &= finite;
                }
                else
                {
                    inputsFinite &= finite;
                }
            }

            for (int output = 0; output < node.OutputCount; output++)
            {
                if (!Reduce.AllFinite(_slots[node.FirstOutput + output].Values)) return new NonFinite(node.Name, i, parameter, parametersFinite, inputsFinite);
            }
        }

        return null;
    }
}
