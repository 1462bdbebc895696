using System.Collections.Immutable;

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

    /// <summary>How many of the outputs are classes, from the first on; those behind are scores.</summary>
    public int ClassCount { get; init; }

    /// <summary>A score at or above this int8 value is an alarm; null when there is no alarm.</summary>
    public int? AlarmThreshold { get; init; }

    /// <summary>Bit i: class i is a posture, which lasts until a movement.</summary>
    public uint Postures { get; init; }

    /// <summary>How many of the last answers vote on the device, 0..9; 0 leaves it to the firmware.</summary>
    public int Voters { get; init; }

    /// <summary>What the window program reads: raw int16 samples, or int8 ones.</summary>
    public required WindowTensor Window { get; init; }

    /// <summary>The result, one row.</summary>
    public required ActivationTensor Output { get; init; }

    /// <summary>All tensors, in the order of the image; each reference once.</summary>
    public required IReadOnlyList<Tensor> Tensors { get; init; }

    /// <summary>The operators of the window program, in the order they run.</summary>
    public required IReadOnlyList<Operator> Operators { get; init; }

    /// <summary>The step program; null when the model does not stream. <see cref="StepProgram"/> derives one.</summary>
    public GraphProgram? Step { get; init; }

    /// <summary>The window program.</summary>
    public GraphProgram Program => new(Window, Output, Operators);

    /// <summary>Windows with the outputs they must give.</summary>
    public IReadOnlyList<TestVector> TestVectors { get; init; } = [];

    /// <summary>The linear layer that the classes come from, perhaps through a softmax; null where they come from another operator.</summary>
    public Linear? ClassLayer =>
        ClassCount == Output.Columns ? Operators.LastOrDefault(step => step is not Softmax) as Linear : null;

    /// <summary>The window of a test vector as the model takes it: sbyte values where they are int8, else short ones.</summary>
    public Array ValuesOf(TestVector vector) =>
        Window.ElementType == ElementType.Int8 ? vector.Window.Select(value => (sbyte)value).ToArray() : vector.Window.ToArray();

    /// <summary>This graph with a test vector for each window, its output computed by the reference executor.</summary>
    public Graph WithTestWindows(IEnumerable<short[]> windows)
    {
        var executor = new ReferenceExecutor(this);
        return this with { TestVectors = [.. windows.Select(window => new TestVector([.. window], [.. executor.Run(window)]))] };
    }

    /// <summary>Every tensor of a window program and, where there is one, of a step program, each once: the order of an image.</summary>
    public static IReadOnlyList<Tensor> CollectTensors(GraphProgram window, GraphProgram? step = null) =>
        [.. window.CollectTensors().Union(step?.CollectTensors() ?? [])];
}

/// <summary>A window and the output it must give, for the self-test on the device.</summary>
/// <param name="Window">int16 <c>[window samples][channels]</c>.</param>
/// <param name="Output">The int8 values of the output tensor.</param>
public sealed record TestVector(ImmutableArray<short> Window, ImmutableArray<sbyte> Output);
