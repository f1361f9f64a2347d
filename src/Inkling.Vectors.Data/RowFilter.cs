using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.VectorData.ProviderServices;
using Microsoft.Extensions.VectorData.ProviderServices.Filter;

namespace Inkling.Vectors;

/// <summary>Makes of a filter over records one over rows, so that nothing is read into a record that the filter does not let pass.</summary>
/// <typeparam name="TRecord">The class of the records.</typeparam>
internal sealed class RowFilter<TRecord> : FilterTranslatorBase
    where TRecord : class
{
    private const string Known =
        "Take ==, !=, <, <=, >, >=, &&, ||, !, properties that are true or false, Contains of lists and texts, StartsWith, EndsWith, and Any of lists";

    private readonly DataPropertyModel[] _data;
    private ParameterExpression? _element;

    private RowFilter(RecordMapper<TRecord> mapper) => _data = mapper.Data;

    /// <summary>The value of an expression for a row and, within <c>Any</c>, an element of a list.</summary>
    private delegate object? Value(Row row, object? element);

    /// <summary>Translates a filter.</summary>
    /// <exception cref="NotSupportedException">It has something that is not understood; the message says what.</exception>
    public static Func<Row, bool> Of(Expression<Func<TRecord, bool>> filter, CollectionModel model, RecordMapper<TRecord> mapper)
    {
        RowFilter<TRecord> translator = new(mapper);
        Expression body = translator.PreprocessFilter(filter, model, new FilterPreprocessingOptions());
        Value value = translator.Translate(body);
        return row => value(row, null) is true;
    }

    private Value Translate(Expression expression)
    {
        if (!DependsOnRecord.In(expression, RecordParameter, _element))
        {
            object? constant = expression is ConstantExpression known ? known.Value : Evaluate(expression);
            return (_, _) => constant;
        }

        if (expression == _element)
            return (_, element) => element;
        // Of a property as an object the type is checked below; a number may be cast to another one.
        if (expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked, Operand.Type.IsValueType: true, Type.IsValueType: true } number)
            return Convert(number);
        if (TryBindProperty(expression, out PropertyModel? property))
            return Property(property);
        return expression switch
        {
            BinaryExpression binary => Binary(binary),
            UnaryExpression { NodeType: ExpressionType.Not } not when not.Type == typeof(bool) => Not(Translate(not.Operand)),
            UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked or ExpressionType.TypeAs } convert => Convert(convert),
            MemberExpression { Member.Name: "HasValue", Expression: { } nullable } when Nullable.GetUnderlyingType(nullable.Type) is not null => IsThere(Translate(nullable)),
            MemberExpression { Member.Name: "Value", Expression: { } nullable } when Nullable.GetUnderlyingType(nullable.Type) is not null => Translate(nullable),
            MethodCallExpression call => Call(call),
            _ => throw NotKnown(expression),
        };
    }

    private Value Property(PropertyModel property)
    {
        if (property is KeyPropertyModel)
            return (row, _) => row.Key;
        int number = Array.FindIndex(_data, one => one == property);
        return number >= 0
            ? (row, _) => row.Values[number]
            : throw new NotSupportedException($"Filter: {property.ModelName} is a vector, which filters do not see. Filter by data or key.");
    }

    private Value Binary(BinaryExpression binary)
    {
        Value left = Translate(binary.Left), right = Translate(binary.Right);
        return binary.NodeType switch
        {
            ExpressionType.AndAlso => (row, element) => left(row, element) is true && right(row, element) is true,
            ExpressionType.OrElse => (row, element) => left(row, element) is true || right(row, element) is true,
            ExpressionType.Equal => (row, element) => Same(left(row, element), right(row, element)),
            ExpressionType.NotEqual => (row, element) => !Same(left(row, element), right(row, element)),
            ExpressionType.LessThan => (row, element) => Compare(left(row, element), right(row, element)) < 0,
            ExpressionType.LessThanOrEqual => (row, element) => Compare(left(row, element), right(row, element)) <= 0,
            ExpressionType.GreaterThan => (row, element) => Compare(left(row, element), right(row, element)) > 0,
            ExpressionType.GreaterThanOrEqual => (row, element) => Compare(left(row, element), right(row, element)) >= 0,
            _ => throw NotKnown(binary),
        };
    }

    private Value Call(MethodCallExpression call)
    {
        if (call.Object is { } text && text.Type == typeof(string) && call.Arguments is [{ } part] && part.Type == typeof(string))
            return Text(call, Translate(text), Translate(part));
        if (TryMatchContains(call, out Expression? source, out Expression? item))
            return Contains(Translate(source), Translate(item));
        if (call.Method.DeclaringType == typeof(Enumerable) && call.Method.Name == nameof(Enumerable.Any))
            return Any(call);
        if (call.Method.Name == nameof(Equals) && call is { Object: { } left, Arguments: [{ } right] })
            return Equal(Translate(left), Translate(right));
        throw NotKnown(call);
    }

    private static Value Text(MethodCallExpression call, Value text, Value part) => call.Method.Name switch
    {
        nameof(string.Contains) => (row, element) => text(row, element) is string all && part(row, element) is string some && all.Contains(some, StringComparison.Ordinal),
        nameof(string.StartsWith) => (row, element) => text(row, element) is string all && part(row, element) is string some && all.StartsWith(some, StringComparison.Ordinal),
        nameof(string.EndsWith) => (row, element) => text(row, element) is string all && part(row, element) is string some && all.EndsWith(some, StringComparison.Ordinal),
        nameof(Equals) => Equal(text, part),
        _ => throw NotKnown(call),
    };

    private Value Any(MethodCallExpression call)
    {
        Value list = Translate(call.Arguments[0]);
        if (call.Arguments.Count == 1)
            return (row, element) => Elements(list(row, element)).Any();
        if (_element is not null || call.Arguments[1] is not LambdaExpression { Parameters: [{ } parameter] } lambda)
            throw NotKnown(call);
        _element = parameter;
        Value passes = Translate(lambda.Body);
        _element = null;
        return (row, element) => Elements(list(row, element)).Any(one => passes(row, one) is true);
    }

    private Value Convert(UnaryExpression convert)
    {
        Value operand = Translate(convert.Operand);
        Type type = Nullable.GetUnderlyingType(convert.Type) ?? convert.Type;
        if (convert.Method is { } method)
            return (row, element) => operand(row, element) is { } value ? Invoke(method, value) : null;
        if (!type.IsPrimitive)
            return operand;
        System.Collections.Concurrent.ConcurrentDictionary<Type, Func<object, object?>> casts = new();
        return (row, element) => operand(row, element) is not { } value ? null
            : value.GetType() == type ? value
            : casts.GetOrAdd(value.GetType(), from => Cast(from, type))(value);
    }

    /// <summary>A cast of the language, without a check for what is too large; no value where there is no cast.</summary>
    private static Func<object, object?> Cast(Type from, Type to)
    {
        if (!IsNumber(from) || !IsNumber(to))
            return _ => null;
        ParameterExpression value = Expression.Parameter(typeof(object));
        Expression cast = Expression.Convert(Expression.Convert(Expression.Convert(value, from), to), typeof(object));
        Func<object, object?> compiled = Expression.Lambda<Func<object, object?>>(cast, value).Compile();
        return given => OrNothing(() => compiled(given));
    }

    private static bool IsNumber(Type type) => Type.GetTypeCode(type) is >= TypeCode.Char and <= TypeCode.Decimal;

    private static object? Invoke(MethodInfo method, object value) => OrNothing(() => method.Invoke(null, [value]));

    /// <summary>Nothing where a decimal is too large for what it is cast to: a search goes on.</summary>
    private static object? OrNothing(Func<object?> cast)
    {
        try
        {
            return cast();
        }
        catch (Exception wrong) when ((wrong as TargetInvocationException)?.InnerException is OverflowException || wrong is OverflowException)
        {
            return null;
        }
    }

    private static Value Not(Value value) => (row, element) => value(row, element) is not true;

    private static Value IsThere(Value value) => (row, element) => value(row, element) is not null;

    private static Value Equal(Value left, Value right) => (row, element) => Equals(left(row, element), right(row, element));

    private static Value Contains(Value list, Value item) => (row, element) =>
    {
        object? wanted = item(row, element);
        return Elements(list(row, element)).Any(one => Equals(one, wanted));
    };

    private static IEnumerable<object?> Elements(object? list) => list is System.Collections.IEnumerable all ? all.Cast<object?>() : [];

    /// <summary>As the operators of nullable types: what is not there is neither less nor more.</summary>
    private static double Compare(object? left, object? right) =>
        left is IComparable comparable && right is not null && !IsNaN(left) && !IsNaN(right) ? comparable.CompareTo(right) : double.NaN;

    private static bool Same(object? left, object? right) => Equals(left, right) && !IsNaN(left);

    private static bool IsNaN(object? value) => value is double.NaN or float.NaN;

    private static object? Evaluate(Expression expression)
    {
        try
        {
            return Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)();
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or ArgumentException or TargetInvocationException)
        {
            throw new NotSupportedException($"Filter: \"{expression}\" has no value without a record. {Known}.", wrong);
        }
    }

    private static NotSupportedException NotKnown(Expression expression) => new($"Filter: \"{expression}\" is not understood. {Known}.");

    /// <summary>Whether an expression needs a record or an element to have a value.</summary>
    private sealed class DependsOnRecord(Expression record, Expression? element) : ExpressionVisitor
    {
        private bool _found;

        public static bool In(Expression expression, Expression record, Expression? element)
        {
            DependsOnRecord visitor = new(record, element);
            visitor.Visit(expression);
            return visitor._found;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            _found |= node == record || node == element;
            return node;
        }
    }
}
