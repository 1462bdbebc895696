namespace NanoFormer.Model;

/// <summary>An int8 model: operators in the order they run, over tensors. Immutable; <see cref="GraphBuilder"/> makes one.</summary>
public sealed record Graph
{
    /// <summary>Names the model: 1..31 printable ASCII characters, no spaces.</summary>
    public required string ModelId { get; init; }

    /// <summary>What the window holds.</summary>
    public required InputSpecification Input { get; init; }

    /// <summary>Names of the output's columns, or none.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Suggested confidence, in thousandths, below which an answer is "unknown".</summary>
    public int GateThresholdPermille { get; init; }

    /// <summary>The raw window, read by quantize.</summary>
    public required WindowTensor Window { get; init; }

    /// <summary>The result, one row.</summary>
    public required ActivationTensor Output { get; init; }

    /// <summary>All tensors, in the order of the image; each reference once.</summary>
    public required IReadOnlyList<Tensor> Tensors { get; init; }

    /// <summary>The operators, in the order they run.</summary>
    public required IReadOnlyList<Operator> Operators { get; init; }

    /// <summary>Windows with the outputs they must give.</summary>
    public IReadOnlyList<TestVector> TestVectors { get; init; } = [];

    /// <summary>This graph with a test vector for each window, its output computed by the reference executor.</summary>
    public Graph WithTestWindows(IEnumerable<short[]> windows)
    {
        var executor = new ReferenceExecutor(this);
        return this with { TestVectors = [.. windows.Select(window => new TestVector([.. window], [.. executor.Run(window)]))] };
    }

    /// <summary>The window and every tensor the operators name, each once, in the order of first mention.</summary>
    public static IReadOnlyList<Tensor> CollectTensors(WindowTensor window, IEnumerable<Operator> operators)
    {
        IEnumerable<Tensor> mentioned = operators.SelectMany(step => step.Inputs.Concat<Tensor>(step.Constants).Append(step.Output));
        return [.. mentioned.Prepend(window).Distinct()];
    }
}
