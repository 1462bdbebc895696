using System.Text.RegularExpressions;

namespace NanoFormer.Emulator.Footprints;

/// <summary>
/// The most stack that a function of the engine and all it calls can take, from the machine code: the deepest path through the calls. Calls to
/// addresses are in the code; calls through pointers are told apart by who makes them: the operator loop calls the kinds' <c>execute</c>, the
/// validator their checks, a kind the kernels, a kernel its own helpers.
/// </summary>
public sealed partial class StackBound
{
    private readonly Dictionary<uint, CodeFunction> _functions;
    private readonly ILookup<string, CodeFunction> _byName;
    private readonly HashSet<uint> _called;
    private readonly Func<uint, CodeOwner> _ownerOf;
    private readonly Dictionary<uint, int> _depths = [];
    private readonly HashSet<uint> _open = [];

    /// <summary>Over the functions of a linked program.</summary>
    /// <param name="functions">All of them.</param>
    /// <param name="ownerOf">To which part of the engine the code at an address belongs.</param>
    public StackBound(IReadOnlyList<CodeFunction> functions, Func<uint, CodeOwner> ownerOf)
    {
        _functions = functions.ToDictionary(function => function.Address);
        _byName = functions.ToLookup(function => function.Name, StringComparer.Ordinal);
        _called = [.. functions.SelectMany(function => function.Callees)];
        _ownerOf = ownerOf;
    }

    /// <summary>The functions of the public interface that a firmware calls.</summary>
    public static IReadOnlyList<string> EntryPoints { get; } =
    [
        "nf_model_open", "nf_session_open", "nf_session_run", "nf_session_begin", "nf_session_continue", "nf_session_stream",
        "nf_session_step", "nf_session_self_test",
    ];

    /// <summary>Bytes of stack below the caller of a function; null when the program does not hold it.</summary>
    /// <exception cref="InvalidOperationException">It can come to call itself, so there is no bound.</exception>
    public int? Of(string name) => _byName[name].FirstOrDefault() is { } function ? Depth(function) : null;

    private int Depth(CodeFunction function)
    {
        if (_depths.TryGetValue(function.Address, out int known))
        {
            return known;
        }

        if (!_open.Add(function.Address))
        {
            throw new InvalidOperationException($"'{function.Name}' can call itself: its stack has no bound.");
        }

        int deepest = CalleesOf(function).Select(Depth).DefaultIfEmpty(0).Max();
        _open.Remove(function.Address);
        return _depths[function.Address] = function.FrameBytes + deepest;
    }

    private IEnumerable<CodeFunction> CalleesOf(CodeFunction function)
    {
        var direct = function.Callees.Where(_functions.ContainsKey).Select(address => _functions[address]);
        return function.CallsPointers ? direct.Concat(PointedToBy(function)) : direct;
    }

    private IEnumerable<CodeFunction> PointedToBy(CodeFunction caller) => _ownerOf(caller.Address) switch
    {
        CodeOwner.OperatorLoop => Pointed(CodeOwner.Kind).Where(function => IsExecute(function.Name)),
        CodeOwner.Engine => Pointed(CodeOwner.Kind).Where(function => !IsExecute(function.Name)),
        CodeOwner.Kind => _functions.Values.Where(function => Kernel().IsMatch(function.Name)),
        CodeOwner.ComposedAttention => _functions.Values.Where(function => ComposedOf().IsMatch(function.Name)),
        CodeOwner.Kernel => Pointed(CodeOwner.Kernel).Where(function => !Kernel().IsMatch(function.Name)),
        _ => [],
    };

    // Whatever nobody calls by its address can only be reached through a pointer.
    private IEnumerable<CodeFunction> Pointed(CodeOwner owner) =>
        _functions.Values.Where(function => !_called.Contains(function.Address) && _ownerOf(function.Address) == owner);

    private static bool IsExecute(string name) => name.StartsWith("execute", StringComparison.Ordinal);

    [GeneratedRegex(@"^nf_(scalar|dsp|mve|rv32|xtensa|portable|cmsis_nn)_\w+_s(8|16)$")]
    private static partial Regex Kernel();

    [GeneratedRegex(@"^nf_\w+_(matmul|softmax)_s8$")]
    private static partial Regex ComposedOf();
}
