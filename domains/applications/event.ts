// What can happen to an application, with the data that each event keeps.
import * as says from './input.ts'

export const events = {
  received: says.Received,
  obtained: says.Obtained,
  told: says.Corrected,
  supplied: says.Supplied,
  accepted: says.Accepted,
  declined: says.Declined,
  taken: says.Taken,
  noted: says.Note,
  specialStarted: says.SpecialStarted,
  specialEnded: says.EndSpecial,
  extended: says.Extended,
  decided: says.Decided,
  delivered: says.Delivered,
  verified: says.Verified,
  rated: says.Rate,
  overran: says.Nothing,
  reminded: says.Nothing,
  terminated: says.Terminated,
  withdrawn: says.Withdraw,
  papersSent: says.PapersSent,
  papersTaken: says.PapersTaken,
}
