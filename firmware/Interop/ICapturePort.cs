#if !NANOFRAMEWORK_1_0
using System;

namespace NanoFormer.Interop
{
    /// <summary>What a capture on .NET needs of its host: the sensor's registers, the time, and an alarm.</summary>
    [HostOnly]
    public interface ICapturePort
    {
        /// <summary>Microseconds of a clock that never goes back.</summary>
        long Microseconds { get; }

        /// <summary>Reads registers, and comes back when the transfer has ended.</summary>
        CaptureTransfer Read(int register, byte[] buffer);

        /// <summary>Writes a register, and comes back when the transfer has ended.</summary>
        CaptureTransfer Write(int register, int value);

        /// <summary>
        /// Calls the action at a time, or soon after it; a later call replaces an earlier one, null takes it back. The action may come
        /// while <see cref="Rest"/> or other code of the host runs, never while a transfer is under way.
        /// </summary>
        void SetAlarm(long atMicroseconds, Action action);

        /// <summary>Rests until a time, or at least until the alarm was called.</summary>
        void Rest(long untilMicroseconds);
    }
}
#endif
