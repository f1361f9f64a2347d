using Inkling.Onnx.Operators;
using Inkling.Onnx.Proto;

namespace Inkling.Onnx.Evaluation;

/// <summary>Makes a model ready to run: operators are looked up, names become places, constants are read, functions are expanded.</summary>
internal sealed class Planner
{
    private readonly FunctionTable _functions;
    private readonly TensorReader _tensors;
    private readonly Stack<FunctionProto> _expanding = new();

    private Planner(FunctionTable functions, TensorReader tensors)
    {
        _functions = functions;
        _tensors = tensors;
    }

    /// <summary>Plans the main graph of a model.</summary>
    /// <exception cref="OnnxUnsupportedException">Operators are unknown: all of them are named.</exception>
    /// <exception cref="OnnxException">The graph is not sound.</exception>
    public static GraphPlan Plan(ModelProto model, GraphProto graph, TensorReader tensors)
    {
        var functions = new FunctionTable(model.Functions);
        OperatorCensus.Check(graph, functions);
        return new Planner(functions, tensors).PlanGraph(graph, outer: null, new PlanContext(model.OpsetImports));
    }

    private GraphPlan PlanGraph(GraphProto graph, PlanScope? outer, PlanContext context)
    {
        if (graph.HasSparseInitializers)
            throw new OnnxUnsupportedException($"graph '{graph.Name}' has sparse initializers, which are not supported");
        var scope = new PlanScope(outer);
        (string, int)[] inputs = [.. graph.Inputs.Select(input => (input.Name, scope.Define(input.Name)))];
        List<(int Place, OnnxValue Value)> constants = [];
        foreach (TensorProto initializer in graph.Initializers)
        {
            // Files of IR version 3 and less name initializers among the inputs as well.
            if (!scope.TryFind(initializer.Name, out int place))
                place = scope.Define(initializer.Name);
            constants.Add((place, _tensors.Read(initializer)));
        }

        PlannedNode[] nodes = PlanNodes(graph.Nodes, scope, context);
        (string Name, Location Where)[] outputs = [.. graph.Outputs.Select(output => (output.Name, scope.Resolve(output.Name)))];
        Release(nodes, scope, outputs);
        return new GraphPlan { Name = graph.Name, Places = scope.Count, Inputs = inputs, Outputs = outputs, Declared = graph.Outputs, Constants = constants, Nodes = nodes };
    }

    private GraphPlan PlanFunction(FunctionProto function, Dictionary<string, AttributeProto> arguments)
    {
        if (_expanding.Contains(function))
            throw new OnnxException($"function '{function.Name}' calls itself");
        _expanding.Push(function);
        var scope = new PlanScope(outer: null);
        (string, int)[] inputs = [.. function.Inputs.Select(name => (name, scope.Define(name)))];
        PlannedNode[] nodes = PlanNodes(function.Nodes, scope, new PlanContext(function.OpsetImports, arguments));
        (string Name, Location Where)[] outputs = [.. function.Outputs.Select(name => (name, scope.Resolve(name)))];
        Release(nodes, scope, outputs);
        _expanding.Pop();
        return new GraphPlan { Name = function.Name, Places = scope.Count, Inputs = inputs, Outputs = outputs, Constants = [], Nodes = nodes };
    }

    private PlannedNode[] PlanNodes(List<NodeProto> nodes, PlanScope scope, PlanContext context)
    {
        PlannedNode[] planned = new PlannedNode[nodes.Count];
        for (int i = 0; i < planned.Length; i++)
        {
            scope.Node = i;
            string label = Label(nodes[i]);
            try
            {
                planned[i] = PlanNode(nodes[i], label, scope, context);
            }
            catch (OnnxException problem) when (problem is not OnnxUnsupportedException)
            {
                throw new OnnxException($"{label}: {problem.Message}", problem);
            }
        }

        return planned;
    }

    private PlannedNode PlanNode(NodeProto node, string label, PlanScope scope, PlanContext context)
    {
        Dictionary<string, AttributeProto> attributes = context.Bind(node.Attributes);
        Location[] inputs = [.. node.Inputs.Select(name => name.Length == 0 ? Location.None : scope.Resolve(name))];
        var values = new NodeAttributes();
        Operator body;
        if (_functions.Find(node) is { } function)
        {
            foreach (AttributeProto attribute in function.DefaultAttributes)
                attributes.TryAdd(attribute.Name, attribute);
            body = new FunctionOperator(PlanFunction(function, attributes));
        }
        else
        {
            body = OperatorCatalogue.Find(node.Domain, node.OpType)!;
            foreach (AttributeProto attribute in attributes.Values)
                values.Add(attribute.Name, Value(attribute, scope, context));
        }

        int[] outputs = [.. node.Outputs.Select(name => name.Length == 0 ? -1 : scope.Define(name))];
        return new PlannedNode { Label = label, Operator = body, Opset = context.Opset(node.Domain), Attributes = values, Inputs = inputs, Outputs = outputs };
    }

    private object Value(AttributeProto attribute, PlanScope scope, PlanContext context) => attribute.Kind switch
    {
        AttributeKind.Float => attribute.Float ?? 0f,
        AttributeKind.Int => attribute.Int ?? 0L,
        AttributeKind.String => attribute.Text ?? "",
        AttributeKind.Tensor when attribute.Tensor is not null => _tensors.Read(attribute.Tensor),
        AttributeKind.Graph when attribute.Graph is not null => PlanGraph(attribute.Graph, scope, context),
        AttributeKind.Floats => attribute.Floats.ToArray(),
        AttributeKind.Ints => attribute.Ints.ToArray(),
        AttributeKind.Strings => attribute.Texts.ToArray(),
        AttributeKind.Undefined => Array.Empty<long>(),
        _ => throw new OnnxUnsupportedException($"attribute '{attribute.Name}' is of the kind {attribute.Kind}, which is not supported"),
    };

    private static void Release(PlannedNode[] nodes, PlanScope scope, (string Name, Location Where)[] outputs)
    {
        ILookup<int, int> released = scope.Released(outputs.Where(output => output.Where.Depth == 0).Select(output => output.Where.Place).ToHashSet());
        for (int i = 0; i < nodes.Length; i++)
            nodes[i].Released = [.. released[i]];
    }

    private static string Label(NodeProto node)
    {
        string name = OperatorCatalogue.FullName(node.Domain, node.OpType);
        if (node.Name.Length > 0)
            return $"{name} '{node.Name}'";
        return node.Outputs.Find(output => output.Length > 0) is { } output ? $"{name} → '{output}'" : name;
    }
}
