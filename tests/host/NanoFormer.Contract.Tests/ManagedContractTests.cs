using Microsoft.CodeAnalysis.CSharp;

namespace NanoFormer.Contract.Tests;

public class ManagedContractTests
{
    private const string TinyInterop = """
        using System.Runtime.CompilerServices;
        namespace TinyInterop
        {
            public static class Native
            {
                [MethodImpl(MethodImplOptions.InternalCall)] public static extern int Add(int a, int b);
                [MethodImpl(MethodImplOptions.InternalCall)] public static extern int Sum(sbyte[] values, int first, int count);
                [MethodImpl(MethodImplOptions.InternalCall)] public static extern int Infer(byte[] image, short[] window, sbyte[] output);
            }
        }
        """;

    // Names and parameters of many kinds, types that order by use and not by name, and methods that shift the table.
    private const string Zoo = """
        using System;
        using System.Runtime.CompilerServices;
        namespace Zoo.Deep
        {
            public delegate void Heard(int what);

            public interface IAnimal { int Legs { get; } }

            public enum Kind { Small, Large }

            public struct Weight { public int Grams; public Weight(int grams) { Grams = grams; } }

            public class Aviary
            {
                public Zebra Neighbour() { return Keeper.Fetch(new Weight(3), null); }

                [MethodImpl(MethodImplOptions.InternalCall)] public extern bool Open(Kind kind, string name, object key, uint code);
                [MethodImpl(MethodImplOptions.InternalCall)] public static extern void Close(ref int times, long[] when, double much);
                public virtual int Count() { return 0; }
            }

            public static class Keeper { public static Zebra Fetch(Weight weight, Heard heard) { return null; } }

            public class Zebra : IAnimal
            {
                public int Legs { get { return 4; } }
                [MethodImpl(MethodImplOptions.InternalCall)] public extern Array Stripes(char from, ushort to, ulong mask, float width);
                public class Foal { [MethodImpl(MethodImplOptions.InternalCall)] public extern byte Run(short[] path); }
            }
        }
        """;

    // The expected values of both assemblies were computed from these sources by nanoFramework's own metadata processor.
    private static readonly string?[] ZooTable =
    [
        null,
        null,
        "Zoo_Deep_Zebra::Stripes___SystemArray__CHAR__U2__U8__R4",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        "Zoo_Deep_Aviary::Open___BOOLEAN__ZooDeepKind__STRING__OBJECT__U4",
        null,
        "Zoo_Deep_Aviary::Close___STATIC__VOID__BYREF_I4__SZARRAY_I8__R8",
        null,
        "Zoo_Deep_Zebra__Foal::Run___U1__SZARRAY_I2",
        null,
    ];

    [Fact]
    public void A_small_assembly_has_the_table_and_checksum_that_the_metadata_processor_gives_it()
    {
        var contract = DeviceAssembly.ContractOf("TinyInterop", TinyInterop);
        Assert.Equal(
            [
                "TinyInterop_Native::Add___STATIC__I4__I4__I4",
                "TinyInterop_Native::Sum___STATIC__I4__SZARRAY_I1__I4__I4",
                "TinyInterop_Native::Infer___STATIC__I4__SZARRAY_U1__SZARRAY_I2__SZARRAY_I1",
            ],
            contract.Methods);
        Assert.Equal(0xD2EAAD9Bu, contract.Checksum);
        Assert.Equal(new Version(1, 2, 3, 4), contract.NativeVersion);
    }

    [Fact]
    public void An_assembly_of_many_kinds_of_types_has_them_too()
    {
        var contract = DeviceAssembly.ContractOf("Zoo.Deep", Zoo);
        Assert.Equal(ZooTable, contract.Methods);
        Assert.Equal(0xF6E1F790u, contract.Checksum);
    }

    [Fact]
    public void Methods_before_the_first_native_one_do_not_count_and_those_after_do()
    {
        uint alone = DeviceAssembly.ContractOf("TinyInterop", TinyInterop).Checksum;
        Assert.Equal(alone, DeviceAssembly.ContractOf("TinyInterop", TinyInterop + "public class Apart { }").Checksum);
        Assert.NotEqual(alone, DeviceAssembly.ContractOf("TinyInterop", TinyInterop + "public class Zoo { }").Checksum);
    }

    [Fact]
    public void A_newer_language_that_shifts_the_table_is_refused()
    {
        var refused =
            Assert.Throws<ContractException>(() => DeviceAssembly.ContractOf("TinyInterop", TinyInterop, LanguageVersion.CSharp11));
        Assert.Contains("C# 9", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_without_a_native_version_is_refused()
    {
        Assert.Throws<ContractException>(() => DeviceAssembly.ContractOf("TinyInterop", [TinyInterop]));
    }
}
