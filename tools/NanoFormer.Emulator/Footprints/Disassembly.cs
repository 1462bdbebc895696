using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoFormer.Emulator.Footprints;

/// <summary>Reads what <c>objdump -d --no-show-raw-insn</c> prints for Arm, RISC-V and Xtensa programs.</summary>
public static partial class Disassembly
{
    private const int RegisterBytes = 4;
    private const int DoubleRegisterBytes = 8;

    /// <summary>Every function of a program.</summary>
    /// <exception cref="FormatException">A function moves its stack pointer by an amount that is not a constant.</exception>
    public static IReadOnlyList<CodeFunction> Read(IEnumerable<string> lines)
    {
        var functions = new List<CodeFunction>();
        Match? head = null;
        var body = new List<string>();
        foreach (string line in lines)
        {
            if (FunctionHead().Match(line) is not { Success: true } next)
            {
                body.Add(line);
                continue;
            }

            Add(functions, head, body);
            head = next;
            body.Clear();
        }

        Add(functions, head, body);
        return functions;
    }

    private static void Add(List<CodeFunction> functions, Match? head, IReadOnlyList<string> body)
    {
        if (head is not null)
        {
            functions.Add(Function(Hexadecimal(head.Groups["address"].Value), head.Groups["name"].Value, body));
        }
    }

    private static CodeFunction Function(uint address, string name, IReadOnlyList<string> body)
    {
        var callees = body.Select(line => NamedTarget().Match(line)).Where(match => match.Success)
            .Select(match => Hexadecimal(match.Groups["address"].Value)).Where(callee => callee != address);
        return new CodeFunction(address, name, Lowering(name, body), callees.ToHashSet(), body.Any(PointerCall().IsMatch));
    }

    private static uint Hexadecimal(string digits) => uint.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // objdump writes large ones in hexadecimal.
    private static int Constant(string digits) => digits.StartsWith("0x", StringComparison.Ordinal)
        ? (int)Hexadecimal(digits[2..])
        : int.Parse(digits, CultureInfo.InvariantCulture);

    private static int Lowering(string function, IReadOnlyList<string> body)
    {
        var constants = new Dictionary<string, int>(StringComparer.Ordinal);
        int bytes = 0;
        foreach (string line in body)
        {
            if (ConstantInRegister().Match(line) is { Success: true } constant)
            {
                constants[constant.Groups["register"].Value] = Constant(constant.Groups["value"].Value);
            }

            bytes += SubtractionOfRegister().Match(line) is { Success: true } match && constants.TryGetValue(match.Groups["register"].Value, out int known)
                ? known
                : Lowering(function, line);
        }

        return bytes;
    }

    private static int Lowering(string function, string line)
    {
        if (Push().Match(line) is { Success: true } push)
        {
            return RegistersIn(push.Groups["registers"].Value) * (push.Groups["doubles"].Success ? DoubleRegisterBytes : RegisterBytes);
        }

        if (Subtraction().Match(line) is { Success: true } subtraction)
        {
            return int.Parse(subtraction.Groups["bytes"].Value, CultureInfo.InvariantCulture);
        }

        return StackPointerByRegister().IsMatch(line)
            ? throw new FormatException($"'{function}' takes stack by an amount known only when it runs: {line.Trim()}")
            : 0;
    }

    // "r4, r5, r6, lr" or "d8-d15"
    private static int RegistersIn(string list) => list.Split(',', StringSplitOptions.TrimEntries).Sum(part =>
    {
        string[] ends = part.Split('-');
        return ends.Length == 1 ? 1 : Number(ends[1]) - Number(ends[0]) + 1;
    });

    private static int Number(string register) => int.Parse(register.AsSpan(1), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<address>[0-9a-f]{8}) <(?<name>[^>]*)>:$")]
    private static partial Regex FunctionHead();

    // Calls and tail calls name the start of a function; jumps within one have an offset: <name+0x1c>.
    [GeneratedRegex(@"\t(?:bl|b|b\.w|b\.n|beq\.w|bne\.w|cbz|cbnz|jal|j|call|call0|tail)\t(?:\S+,\s*)?(?<address>[0-9a-f]+) <[^>+]+>")]
    private static partial Regex NamedTarget();

    [GeneratedRegex(@"\t(?:blx|jalr|callx0|jx)\t|\tbx\t(?!lr)|\tjr\t(?!ra)|\tc\.jr\t(?!ra)")]
    private static partial Regex PointerCall();

    [GeneratedRegex(@"\t(?:(?<doubles>vpush)|push|stmdb)(?:\.w)?\t(?:sp!, )?\{(?<registers>[^}]*)\}")]
    private static partial Regex Push();

    // sub sp, #16; sub.w sp, sp, #16; str r4, [sp, #-8]!; addi sp,sp,-32; addi a1, a1, -32
    [GeneratedRegex(@"\tsub[\w.]*\tsp, (?:sp, )?#(?<bytes>\d+)|\[sp, #-(?<bytes>\d+)\]!|\taddi?\tsp,sp,-(?<bytes>\d+)|\taddm?i\ta1, a1, -(?<bytes>\d+)")]
    private static partial Regex Subtraction();

    // Xtensa, frames beyond 128 bytes: movi a9, 144; sub a1, a1, a9
    [GeneratedRegex(@"\tmovi(?:\.n)?\t(?<register>a\d+), (?<value>0x[0-9a-f]+|-?\d+)$")]
    private static partial Regex ConstantInRegister();

    [GeneratedRegex(@"\tsub\ta1, a1, (?<register>a\d+)")]
    private static partial Regex SubtractionOfRegister();

    [GeneratedRegex(@"\tsub[\w.]*\tsp, (?:sp, )?[a-z]|\tsub\tsp,sp,|\tsub\ta1, a1,|\tmov(?:\.w)?\tsp, (?!r7\b)")]
    private static partial Regex StackPointerByRegister();
}

/// <summary>One function of a linked program, as its machine code shows it. Static functions may share a name, so the address tells them apart.</summary>
/// <param name="Address">Where it starts.</param>
/// <param name="Name">Symbol.</param>
/// <param name="FrameBytes">Bytes by which it lowers the stack pointer, all its paths added up: never too few.</param>
/// <param name="Callees">Addresses it calls or jumps to outside itself.</param>
/// <param name="CallsPointers">Whether it calls through a register.</param>
public sealed record CodeFunction(uint Address, string Name, int FrameBytes, IReadOnlySet<uint> Callees, bool CallsPointers);
