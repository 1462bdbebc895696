using System.Reflection.Emit;

namespace NanoFormer.ManagedCost.Tests;

/// <summary>Methods that are short enough to be counted by hand; the numbers beside the code are the instructions executed.</summary>
public sealed class WeaverTests : IDisposable
{
    private readonly SmallAssembly _small = new();

    public void Dispose() => _small.Dispose();

    [Fact]
    public void A_straight_method()
    {
        _small.Define("Add", typeof(int), [typeof(int), typeof(int)], il =>
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ret);
        });
        _small.Weave();

        var (result, counts) = _small.Run("Add", 2, 3);

        Assert.Equal(5, result);
        Assert.Equal(new MethodCount("Small::Add(System.Int32,System.Int32)", 1, 4, 0, false), Assert.Single(counts).Value);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void A_loop(int rounds)
    {
        // i = n; while (i != 0) i--;
        _small.Define("Loop", typeof(int), [typeof(int)], il =>
        {
            var (test, body) = (il.DefineLabel(), il.DefineLabel());
            il.Emit(OpCodes.Br_S, test); //                       1
            il.MarkLabel(body);
            il.Emit(OpCodes.Ldarg_0); //                          4 per round
            il.Emit(OpCodes.Ldc_I4_1);
            il.Emit(OpCodes.Sub);
            il.Emit(OpCodes.Starg_S, (byte)0);
            il.MarkLabel(test);
            il.Emit(OpCodes.Ldarg_0); //                          2 per round, and 2 more
            il.Emit(OpCodes.Brtrue_S, body);
            il.Emit(OpCodes.Ldarg_0); //                          2
            il.Emit(OpCodes.Ret);
        });
        _small.Weave();

        Assert.Equal(1 + (6 * rounds) + 2 + 2, _small.Run("Loop", rounds).Counts["Loop"].Instructions);
    }

    [Theory]
    [InlineData(0, 10, 4)] // ldarg switch ldc ret
    [InlineData(1, 20, 7)] // ldarg switch nop nop nop ldc ret
    [InlineData(2, 10, 4)]
    [InlineData(3, 30, 5)] // ldarg switch br ldc ret
    [InlineData(-1, 30, 5)]
    public void A_switch(int value, int expected, int instructions)
    {
        _small.Define("Switch", typeof(int), [typeof(int)], il =>
        {
            Label[] cases = [il.DefineLabel(), il.DefineLabel()];
            var other = il.DefineLabel();
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Switch, [cases[0], cases[1], cases[0]]);
            il.Emit(OpCodes.Br, other);
            il.MarkLabel(cases[0]);
            il.Emit(OpCodes.Ldc_I4, 10);
            il.Emit(OpCodes.Ret);
            il.MarkLabel(cases[1]);
            il.Emit(OpCodes.Nop);
            il.Emit(OpCodes.Nop);
            il.Emit(OpCodes.Nop);
            il.Emit(OpCodes.Ldc_I4, 20);
            il.Emit(OpCodes.Ret);
            il.MarkLabel(other);
            il.Emit(OpCodes.Ldc_I4, 30);
            il.Emit(OpCodes.Ret);
        });
        _small.Weave();

        var (result, counts) = _small.Run("Switch", value);

        Assert.Equal(expected, result);
        Assert.Equal(instructions, counts["Switch"].Instructions);
    }

    [Theory]
    [InlineData(2, 7, 1 + 3 + 2 + 2)]
    [InlineData(0, -1, 1 + 3 + 4 + 2)]
    public void An_exception_in_the_middle_of_an_expression(int divisor, int expected, int instructions)
    {
        _small.Define("Divide", typeof(int), [typeof(int)], il =>
        {
            var result = il.DeclareLocal(typeof(int));
            il.Emit(OpCodes.Nop); //                              1
            il.BeginExceptionBlock();
            il.Emit(OpCodes.Ldc_I4, 14); //                       3, the last of which throws
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Div);
            il.Emit(OpCodes.Stloc, result); //                    2 without an exception (ILGenerator adds the leave)
            il.BeginCatchBlock(typeof(DivideByZeroException));
            il.Emit(OpCodes.Pop); //                              4 with one, its leave included
            il.Emit(OpCodes.Ldc_I4_M1);
            il.Emit(OpCodes.Stloc, result);
            il.EndExceptionBlock();
            il.Emit(OpCodes.Ldloc, result); //                    2
            il.Emit(OpCodes.Ret);
        });
        _small.Weave();

        var (result, counts) = _small.Run("Divide", divisor);

        Assert.Equal(expected, result);
        Assert.Equal(instructions, counts["Divide"].Instructions);
    }

    [Fact]
    public void An_exception_that_passes_through_a_finally()
    {
        var inner = _small.Define("Inner", typeof(int), [typeof(int[])], il =>
        {
            il.Emit(OpCodes.Ldarg_0); //                          3, the last of which throws
            il.Emit(OpCodes.Ldc_I4_5);
            il.Emit(OpCodes.Ldelem_I4);
            il.Emit(OpCodes.Ldc_I4_1); //                         never
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ret);
        });
        _small.Define("Outer", typeof(void), [typeof(int[])], il =>
        {
            il.BeginExceptionBlock();
            il.Emit(OpCodes.Ldarg_0); //                          2, the last of which throws
            il.Emit(OpCodes.Call, inner);
            il.Emit(OpCodes.Pop); //                              never
            il.BeginFinallyBlock();
            il.Emit(OpCodes.Nop); //                              2 with the endfinally
            il.EndExceptionBlock();
            il.Emit(OpCodes.Ret); //                              never
        });
        _small.Weave();

        var counts = _small.Throws<IndexOutOfRangeException>("Outer", new int[1]);

        Assert.Equal((1, 4), (counts["Outer"].Calls, counts["Outer"].Instructions));
        Assert.Equal((1, 3), (counts["Inner"].Calls, counts["Inner"].Instructions));
    }

    [Theory]
    [InlineData(true, 2 + 3 + 2 + 1)]
    [InlineData(false, 2 + 3)]
    public void An_exception_filter(bool isOurs, int instructions)
    {
        _small.Define("Filter", typeof(void), [typeof(bool)], il =>
        {
            il.BeginExceptionBlock();
            il.Emit(OpCodes.Ldnull); //                           2, the last of which throws (NullReferenceException)
            il.Emit(OpCodes.Throw);
            il.BeginExceptFilterBlock();
            il.Emit(OpCodes.Pop); //                              3: pop, ldarg, endfilter
            il.Emit(OpCodes.Ldarg_0);
            il.BeginCatchBlock(null!);
            il.Emit(OpCodes.Pop); //                              2: pop, leave
            il.EndExceptionBlock();
            il.Emit(OpCodes.Ret); //                              1
        });
        _small.Weave();

        var counts = isOurs ? _small.Run("Filter", true).Counts : _small.Throws<NullReferenceException>("Filter", false);

        Assert.Equal(instructions, counts["Filter"].Instructions);
    }

    [Fact]
    public void Calls_of_libraries_are_counted_and_their_inside_is_not()
    {
        _small.Define("Text", typeof(int), [typeof(string), typeof(int)], il =>
        {
            var (test, body) = (il.DefineLabel(), il.DefineLabel());
            il.Emit(OpCodes.Br, test); //                         1
            il.MarkLabel(body);
            il.Emit(OpCodes.Ldarg_0); //                          8 per round
            il.Emit(OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Callvirt, typeof(string).GetMethod("get_Chars")!);
            il.Emit(OpCodes.Pop);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldc_I4_1);
            il.Emit(OpCodes.Sub);
            il.Emit(OpCodes.Starg, (short)1);
            il.MarkLabel(test);
            il.Emit(OpCodes.Ldarg_1); //                          2 per round, and 2 more
            il.Emit(OpCodes.Brtrue, body);
            il.Emit(OpCodes.Ldarg_0); //                          3
            il.Emit(OpCodes.Callvirt, typeof(string).GetMethod("get_Length")!);
            il.Emit(OpCodes.Ret);
        });
        _small.Weave();

        var (_, counts) = _small.Run("Text", "abc", 3);

        Assert.Equal((1, 1 + (3 * 10) + 2 + 3), (counts["Text"].Calls, counts["Text"].Instructions));
        Assert.Equal(new MethodCount("System.String::get_Chars(System.Int32)", 3, 0, 0, true), counts["get_Chars"]);
        Assert.Equal((1, 0), (counts["get_Length"].Calls, counts["get_Length"].Instructions));
    }

    [Fact]
    public void A_prefix_stays_with_its_instruction()
    {
        _small.Define("Prefixed", typeof(int), [typeof(int)], il =>
        {
            il.Emit(OpCodes.Ldarga_S, (byte)0); //                6: a prefix is an instruction, too
            il.Emit(OpCodes.Volatile);
            il.Emit(OpCodes.Ldind_I4);
            il.Emit(OpCodes.Box, typeof(int));
            il.Emit(OpCodes.Unbox_Any, typeof(int));
            il.Emit(OpCodes.Ret);
        });
        _small.Weave();

        var (result, counts) = _small.Run("Prefixed", 7);

        Assert.Equal(7, result);
        Assert.Equal(6, counts["Prefixed"].Instructions);
    }

    [Fact]
    public void Recursion_counts_every_entry()
    {
        _small.Define("Down", typeof(void), [typeof(int)], (il, self) =>
        {
            var end = il.DefineLabel();
            il.Emit(OpCodes.Ldarg_0); //                          2, and 1 for the ret
            il.Emit(OpCodes.Brfalse, end);
            il.Emit(OpCodes.Ldarg_0); //                          4 unless it is the last
            il.Emit(OpCodes.Ldc_I4_1);
            il.Emit(OpCodes.Sub);
            il.Emit(OpCodes.Call, self);
            il.MarkLabel(end);
            il.Emit(OpCodes.Ret);
        });
        _small.Weave();

        var count = _small.Run("Down", 4).Counts["Down"];

        Assert.Equal((5, (5 * 3) + (4 * 4)), (count.Calls, count.Instructions));
    }

    [Fact]
    public void A_pause_is_not_counted_and_another_thread_counts_for_itself()
    {
        _small.Define("Nothing", typeof(void), [], il => il.Emit(OpCodes.Ret));
        _small.Weave();

        using (ManagedCounter.Pause())
        {
            using (ManagedCounter.Pause())
            {
                _small.Run("Nothing");
            }

            _small.Run("Nothing");
            Assert.Equal((0, 0), ManagedCounter.Total());
        }

        _small.Run("Nothing");
        var other = (Calls: -1L, Instructions: -1L);
        var thread = new Thread(() =>
        {
            _small.Run("Nothing");
            other = ManagedCounter.Total();
        });
        thread.Start();
        thread.Join();

        Assert.Equal((1, 1), other);
        Assert.Equal((1, 1), ManagedCounter.Total());
        Assert.True(ManagedCounter.IsCounting);
        ManagedCounter.Reset();
        Assert.Empty(ManagedCounter.Read());
    }

    [Fact]
    public void Weaving_again_changes_nothing_and_a_missing_assembly_is_passed_over()
    {
        _small.Define("Nothing", typeof(void), [], il => il.Emit(OpCodes.Ret));
        _small.Weave();
        string path = Path.Combine(_small.Folder, _small.Name + ".dll");
        byte[] before = File.ReadAllBytes(path);

        Assert.Empty(Weaver.Weave(_small.Folder, new HashSet<string> { _small.Name, "Absent" }));

        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void What_stands_for_native_code_and_what_it_calls_is_not_counted()
    {
        var inner = _small.Define("Inner", typeof(int), [typeof(int)], il =>
        {
            var positive = il.DefineLabel();
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Bge, positive);
            il.Emit(OpCodes.Ldnull);
            il.Emit(OpCodes.Throw);
            il.MarkLabel(positive);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ret);
        });
        // Two returns, one of them the target of a branch.
        var native = _small.DefineNative("Native", typeof(int), [typeof(int)], il =>
        {
            var some = il.DefineLabel();
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Call, inner);
            il.Emit(OpCodes.Brtrue, some);
            il.Emit(OpCodes.Ldc_I4_M1);
            il.Emit(OpCodes.Ret);
            il.MarkLabel(some);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ret);
        });
        _small.Define("Outer", typeof(int), [typeof(int)], il =>
        {
            il.Emit(OpCodes.Ldarg_0); //                          4
            il.Emit(OpCodes.Call, native);
            il.Emit(OpCodes.Call, inner);
            il.Emit(OpCodes.Ret);
        });
        _small.Weave();

        var (result, counts) = _small.Run("Outer", 3);
        Assert.Equal(3, result);
        Assert.Equal(["Inner", "Native", "Outer"], counts.Keys.Order());
        Assert.Equal((1, 4), (counts["Outer"].Calls, counts["Outer"].Instructions));
        Assert.Equal((1, 5), (counts["Inner"].Calls, counts["Inner"].Instructions));
        Assert.Equal((1, true), (counts["Native"].Calls, counts["Native"].IsLibrary));

        // A zero is -1 behind the native code, which Inner refuses: only the second call of it is counted.
        counts = _small.Throws<NullReferenceException>("Outer", 0);
        Assert.Equal((1, 5), (counts["Inner"].Calls, counts["Inner"].Instructions));

        // An exception out of the native code ends the pause, too.
        counts = _small.Throws<NullReferenceException>("Outer", -1);
        Assert.False(counts.ContainsKey("Inner"));
        Assert.Equal(5, _small.Run("Inner", 3).Counts["Inner"].Instructions);
    }
}
