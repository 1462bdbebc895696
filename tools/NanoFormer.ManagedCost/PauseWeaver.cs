using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace NanoFormer.ManagedCost;

/// <summary>
/// Pauses the counting while a method runs that stands for native code: what it calls of the firmware is not the firmware's work. The
/// method's body becomes the try block of a try and finally, so the pause ends however the method does.
/// </summary>
internal sealed class PauseWeaver(ModuleDefinition module)
{
    private readonly MethodReference _begin = module.ImportReference(typeof(ManagedCounter).GetMethod(nameof(ManagedCounter.BeginPause)));
    private readonly MethodReference _end = module.ImportReference(typeof(ManagedCounter).GetMethod(nameof(ManagedCounter.EndPause)));

    /// <summary>Weaves a method that has a body. Constructors stay as they are: they call that of their base class.</summary>
    public void Weave(MethodDefinition method)
    {
        if (method.IsConstructor)
        {
            return;
        }

        var body = method.Body;
        body.SimplifyMacros();
        var result = method.ReturnType.MetadataType == MetadataType.Void ? null : new VariableDefinition(method.ReturnType);
        var after = result is null ? Instruction.Create(OpCodes.Ret) : Instruction.Create(OpCodes.Ldloc, result);
        LeaveInsteadOfReturn(body, result, after);
        var tried = body.Instructions[0];
        body.Instructions.Insert(0, Instruction.Create(OpCodes.Call, _begin));
        var end = Instruction.Create(OpCodes.Call, _end);
        foreach (var handler in body.ExceptionHandlers)
        {
            handler.HandlerEnd ??= end;
        }

        Instruction[] tail = [end, Instruction.Create(OpCodes.Endfinally), after];
        foreach (var instruction in result is null ? tail : [.. tail, Instruction.Create(OpCodes.Ret)])
        {
            body.Instructions.Add(instruction);
        }

        body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally)
        {
            TryStart = tried,
            TryEnd = end,
            HandlerStart = end,
            HandlerEnd = after,
        });
        if (result is not null)
        {
            body.InitLocals = true;
            body.Variables.Add(result);
        }

        body.OptimizeMacros();
    }

    // A return becomes its own leave, in place, so that branches to it stay right.
    private static void LeaveInsteadOfReturn(MethodBody body, VariableDefinition? result, Instruction after)
    {
        for (int i = 0; i < body.Instructions.Count; i++)
        {
            var instruction = body.Instructions[i];
            if (instruction.OpCode != OpCodes.Ret)
            {
                continue;
            }

            (instruction.OpCode, instruction.Operand) = (OpCodes.Leave, after);
            if (result is null)
            {
                continue;
            }

            (instruction.OpCode, instruction.Operand) = (OpCodes.Stloc, result);
            body.Instructions.Insert(++i, Instruction.Create(OpCodes.Leave, after));
        }
    }
}
