using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace NanoFormer.ManagedCost;

/// <summary>
/// Puts the counting into one method. Its code is cut where control may come in or go out: at branches and their targets, at the ends of
/// protected blocks, and behind every instruction that may call or throw. Before each piece comes an addition of its length, so the
/// count is exact also when an exception leaves in the middle of an expression.
/// </summary>
internal sealed class MethodWeaver
{
    private const int Calls = 0;
    private const int Instructions = 1;
    private const int Allocations = 2;

    private readonly MethodBody _body;
    private readonly MethodTable _table;
    private readonly int _method;
    private readonly VariableDefinition _counts;

    private MethodWeaver(MethodDefinition method, MethodTable table, VariableDefinition counts)
    {
        _body = method.Body;
        _table = table;
        _method = table.Own(method);
        _counts = counts;
    }

    /// <summary>Weaves a method that has a body.</summary>
    /// <param name="method">The method.</param>
    /// <param name="table">Gives the methods their numbers.</param>
    /// <param name="assembly">Field with the number of the assembly.</param>
    /// <param name="countsOf">Reference to <see cref="ManagedCounter.Counts"/>.</param>
    public static void Weave(MethodDefinition method, MethodTable table, FieldReference assembly, MethodReference countsOf)
    {
        var counts = new VariableDefinition(countsOf.ReturnType);
        var weaver = new MethodWeaver(method, table, counts);
        method.Body.SimplifyMacros();
        weaver.CountPieces();
        method.Body.Variables.Add(counts);
        weaver.Prepend(
        [
            Instruction.Create(OpCodes.Ldsfld, assembly),
            Instruction.Create(OpCodes.Call, countsOf),
            Instruction.Create(OpCodes.Stloc, counts),
            .. weaver.Addition(weaver._method, Calls, 1),
        ]);
        method.Body.OptimizeMacros();
    }

    private void CountPieces()
    {
        var heads = Heads();
        var original = _body.Instructions.ToArray();
        var moved = new Dictionary<Instruction, Instruction>();
        _body.Instructions.Clear();
        for (int start = 0, end; start < original.Length; start = end)
        {
            end = start + 1;
            while (end < original.Length && !heads.Contains(original[end]))
            {
                end++;
            }

            var counting = Addition(_method, Instructions, end - start);
            int allocations = original[start..end].Count(IsAllocation);
            if (allocations > 0)
            {
                counting = [.. counting, .. Addition(_method, Allocations, allocations)];
            }

            if (original[end - 1].Operand is MethodReference called && IsCall(original[end - 1]) && _table.Library(called) is { } library)
            {
                counting = [.. counting, .. Addition(library, Calls, 1)];
            }

            moved[original[start]] = counting[0];
            Append(counting);
            Append(original[start..end]);
        }

        Redirect(moved);
    }

    /// <summary>The instructions that begin a piece.</summary>
    private HashSet<Instruction> Heads()
    {
        var heads = new HashSet<Instruction> { _body.Instructions[0] };
        foreach (var instruction in _body.Instructions)
        {
            heads.UnionWith(Targets(instruction));
            bool isPrefix = instruction.OpCode.OpCodeType == OpCodeType.Prefix;
            if (!isPrefix && !StaysInside(instruction.OpCode) && instruction.Next is { } next)
            {
                heads.Add(next);
            }
        }

        heads.UnionWith(_body.ExceptionHandlers.SelectMany(Boundaries).OfType<Instruction>());
        return heads;
    }

    private static IEnumerable<Instruction> Targets(Instruction instruction) => instruction.Operand switch
    {
        Instruction target => [target],
        Instruction[] targets => targets,
        _ => [],
    };

    private static IEnumerable<Instruction?> Boundaries(ExceptionHandler handler) =>
        [handler.TryStart, handler.TryEnd, handler.HandlerStart, handler.HandlerEnd, handler.FilterStart];

    /// <summary>Whether nanoCLR takes memory from its heap for it.</summary>
    private static bool IsAllocation(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Ldstr or Code.Newarr or Code.Box => true,
        Code.Newobj => !((MethodReference)instruction.Operand).DeclaringType.IsValueType,
        _ => false,
    };

    private static bool IsCall(Instruction instruction) => instruction.OpCode.FlowControl == FlowControl.Call;

    /// <summary>Whether the next instruction always follows: no branch, no call, nothing that may throw.</summary>
    private static bool StaysInside(OpCode code) => code.FlowControl == FlowControl.Next && code.Code switch
    {
        Code.Nop or Code.Dup or Code.Pop or Code.Ldnull or Code.Ldstr or Code.Ldftn or Code.Ldtoken or Code.Sizeof => true,
        Code.Ldarg or Code.Ldarga or Code.Starg or Code.Ldloc or Code.Ldloca or Code.Stloc => true,
        Code.Ldc_I4 or Code.Ldc_I8 or Code.Ldc_R4 or Code.Ldc_R8 => true,
        Code.Add or Code.Sub or Code.Mul or Code.And or Code.Or or Code.Xor or Code.Shl or Code.Shr or Code.Shr_Un or Code.Neg or Code.Not
            => true,
        Code.Ceq or Code.Cgt or Code.Cgt_Un or Code.Clt or Code.Clt_Un => true,
        Code.Conv_I1 or Code.Conv_I2 or Code.Conv_I4 or Code.Conv_I8 or Code.Conv_I or Code.Conv_U1 or Code.Conv_U2 or Code.Conv_U4
            or Code.Conv_U8 or Code.Conv_U or Code.Conv_R4 or Code.Conv_R8 or Code.Conv_R_Un => true,
        _ => false,
    };

    /// <summary>Whoever came to the first instruction of a piece now comes to its counting.</summary>
    private void Redirect(Dictionary<Instruction, Instruction> moved)
    {
        foreach (var instruction in _body.Instructions)
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction target => moved[target],
                Instruction[] targets => targets.Select(target => moved[target]).ToArray(),
                var other => other,
            };
        }

        foreach (var handler in _body.ExceptionHandlers)
        {
            handler.TryStart = Moved(handler.TryStart);
            handler.TryEnd = Moved(handler.TryEnd);
            handler.HandlerStart = Moved(handler.HandlerStart);
            handler.HandlerEnd = Moved(handler.HandlerEnd);
            handler.FilterStart = Moved(handler.FilterStart);
        }

        Instruction? Moved(Instruction? boundary) => boundary is null ? null : moved[boundary];
    }

    private Instruction[] Addition(int method, int which, int number) =>
    [
        Instruction.Create(OpCodes.Ldloc, _counts),
        Instruction.Create(OpCodes.Ldc_I4, (method * ManagedCounter.Numbers) + which),
        Instruction.Create(OpCodes.Ldelema, _body.Method.Module.TypeSystem.Int64),
        Instruction.Create(OpCodes.Dup),
        Instruction.Create(OpCodes.Ldind_I8),
        Instruction.Create(OpCodes.Ldc_I4, number),
        Instruction.Create(OpCodes.Conv_I8),
        Instruction.Create(OpCodes.Add),
        Instruction.Create(OpCodes.Stind_I8),
    ];

    private void Append(IEnumerable<Instruction> instructions)
    {
        foreach (var instruction in instructions)
        {
            _body.Instructions.Add(instruction);
        }
    }

    private void Prepend(Instruction[] instructions)
    {
        for (int i = 0; i < instructions.Length; i++)
        {
            _body.Instructions.Insert(i, instructions[i]);
        }
    }
}
